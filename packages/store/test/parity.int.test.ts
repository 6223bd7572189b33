import { join } from 'node:path';
import { isGatewayError, systemClock } from '@threadbridge/contract';
import type { FactChange, Input, Store } from '@threadbridge/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { createMemoryDisk, createMemoryStore } from '../src/memory/index.ts';
import { causes } from './causes.ts';
import { canRunSqlite, openPlace } from './sqlite-place.ts';

// Few names, so that calls meet: duplicates, second commits, settled effects, taken keys.
const number = fc.integer({ min: 1, max: 5 });
const name = fc.constantFrom('x', 'y');
const moment = fc.integer({ min: 0, max: 25 });
const call = fc.oneof(
  fc.record({ verb: fc.constant('accept'), numbers: fc.array(number, { maxLength: 4 }), cursor: fc.option(number) }),
  fc.record({
    verb: fc.constant('commit'),
    n: number,
    effects: fc.array(number, { maxLength: 3 }),
    put: fc.option(name),
    remove: fc.option(name),
    inputs: fc.array(number, { maxLength: 2 }),
    audit: fc.array(name, { maxLength: 2 }),
  }),
  fc.record({ verb: fc.constant('start'), n: number }),
  fc.record({
    verb: fc.constant('settle'),
    n: number,
    outcome: fc.constantFrom('done', 'failed', 'unknown', 'retry'),
    results: fc.array(number, { maxLength: 2 }),
  }),
  fc.record({ verb: fc.constant('prune'), before: moment }),
  fc.record({ verb: fc.constant('reopen') }),
);
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

const inputs = (numbers: readonly number[]): readonly Input[] => numbers.map((n) => causes(n).input);

async function perform(store: Store, call: Exclude<Call, { verb: 'reopen' }>): Promise<unknown> {
  const { channel, scope } = causes(0);
  if ('numbers' in call) {
    const { cursor } = causes(call.cursor ?? 0);
    return store.accept({ inputs: inputs(call.numbers), ...(call.cursor !== null && { channel, cursor }) });
  }
  if ('effects' in call) {
    const facts: FactChange[] = [];
    if (call.put !== null) facts.push({ type: 'put', fact: { kind: 'alias', name: call.put, addedAt: call.n } as never });
    if (call.remove !== null) facts.push({ type: 'remove', kind: 'alias', name: call.remove });
    const { input, state } = causes(call.n);
    const effects = call.effects.map((n) => causes(n).effect);
    const audit = call.audit.map((outcome) => ({ at: call.n, kind: 'access', outcome, detail: {} }) as const);
    return store.commit({ input: input.id, scope, state, effects, facts, inputs: inputs(call.inputs), audit });
  }
  if ('outcome' in call) {
    const type = call.outcome;
    const outcome =
      type === 'retry'
        ? { type, at: call.n, code: 'channel.unreachable' as const }
        : type === 'failed'
          ? { type, code: 'channel.rejected' as const }
          : { type: type as 'done' | 'unknown' };
    return store.settle(causes(call.n).effect.key, outcome, inputs(call.results));
  }
  if ('before' in call) {
    // Bodies are SQLite's own affair: memory keeps none of what is done.
    const { ids } = await store.prune({ bodiesBefore: call.before, idsBefore: call.before });
    return ids;
  }
  if ('n' in call) return store.start(causes(call.n).effect.key);
}

async function see(store: Store) {
  const { channel, scope } = causes(0);
  return {
    next: await store.nextInput(),
    cursor: await store.loadCursor(channel),
    scope: await store.loadScope(scope.id),
    open: await store.openEffects(),
    audit: [await store.auditHead(), ...(await store.readAudit(0, 100))],
    facts: (await store.loadFacts()).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const refusal = (error: unknown) => (isGatewayError(error) ? error.code : String(error));

it.skipIf(!canRunSqlite)(
  'memory and SQLite answer alike, whatever is called in whatever order',
  async () => {
    await using place = await openPlace();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 25 }), async (calls) => {
        round += 1;
        const path = join(place.directory, `${round}.db`);
        const disk = createMemoryDisk();
        let now = 0;
        const clock = { ...systemClock, now: () => now };
        const open = async (): Promise<[Store, Store]> => [
          createMemoryStore({ disk, clock }),
          await createSqliteStore({ path, clock }),
        ];
        let [memory, sqlite] = await open();
        try {
          for (const call of calls) {
            now += 1;
            if (call.verb === 'reopen') {
              await sqlite[Symbol.asyncDispose]();
              [memory, sqlite] = await open();
            } else {
              const answers = await Promise.all([memory, sqlite].map((store) => perform(store, call).catch(refusal)));
              expect(answers[1]).toEqual(answers[0]);
            }
            expect(await see(sqlite)).toEqual(await see(memory));
          }
        } finally {
          await sqlite[Symbol.asyncDispose]();
        }
      }),
      { numRuns: 60 },
    );
  },
  60_000,
);
