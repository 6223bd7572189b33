import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel } from '@threadbridge/contract';
import { createFakePlatform, createScriptedAgent } from '@threadbridge/contract/testing';
import { createGateway, type Store } from '@threadbridge/core';
import { createOpenFiles, testRules } from '@threadbridge/core/testing';
import { createSqliteStore } from '@threadbridge/store';
import { type Figure, quantile, rounded } from './figure.ts';
import { type Filling, fillStore, messageOf, openEffects, stepOf, unordered } from './fill-store.ts';

/** What a long life costs: steps in a full store against the same steps in an empty one, and a restart with much to do. */
export async function benchScale(
  options: Partial<Filling> & { readonly steps?: number; readonly rounds?: number; readonly open?: number } = {},
): Promise<readonly Figure[]> {
  const { scopes = 10_000, messages = 1_000_000, steps = 5_000, rounds = 5, open = 10_000 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'threadbridge-scale-'));
  try {
    const [full, empty] = [join(folder, 'full.db'), join(folder, 'empty.db')];
    for (const path of [full, empty]) await (await createSqliteStore({ path }))[Symbol.asyncDispose]();
    fillStore(full, { scopes, messages });
    const taken = await sideBySide([full, empty], { scopes, steps, rounds });
    const pruning = await prune(full);
    openEffects(full, open);
    const restart = await resume(full, open);
    return [
      ...compared(0.99, taken, { line: 'long life', target: { of: 'ratio', atMost: 1.3 } }),
      ...compared(0.5, taken),
      ...pruning,
      ...restart,
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Taken {
  readonly full: readonly number[];
  readonly empty: readonly number[];
}

/** Milliseconds of each step, taken in turns so that whatever disturbs one disturbs the other. The first round warms up and does not count. */
async function sideBySide(
  [fullPath, emptyPath]: readonly [string, string],
  { scopes, steps, rounds }: { readonly scopes: number; readonly steps: number; readonly rounds: number },
): Promise<readonly Taken[]> {
  await using full = await createSqliteStore({ path: fullPath });
  await using empty = await createSqliteStore({ path: emptyPath });
  const found: Taken[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const taken = { full: [] as number[], empty: [] as number[] };
    for (let n = 0; n < steps; n += 1) {
      const number = round * steps + n;
      const order = n % 2 === 0 ? (['full', 'empty'] as const) : (['empty', 'full'] as const);
      for (const which of order) taken[which].push(await timedStep(which === 'full' ? full : empty, number, scopes));
    }
    if (round > 0) found.push(taken);
  }
  return found;
}

/** One message from its arrival to its answer: five durable writes and the decision. */
async function timedStep(store: Store, n: number, scopes: number): Promise<number> {
  const message = messageOf((n * 4_391) % scopes, `now_${unordered(n)}`);
  const startedAt = performance.now();
  await store.accept({ inputs: [message] });
  const input = await store.nextInput();
  if (input?.id !== message.id) throw new Error('The store handed out another message.');
  const step = stepOf(input, await store.loadScope(input.scope.id));
  await store.commit(step);
  for (const { key } of step.effects) {
    await store.start(key);
    await store.settle(key, { type: 'done' });
  }
  return performance.now() - startedAt;
}

function compared(q: number, rounds: readonly Taken[], wanted?: Pick<Figure, 'line' | 'target'>): readonly Figure[] {
  const each = rounds.map(({ full, empty }) => [quantile(full, q), quantile(empty, q)] as const);
  const median = (values: readonly number[]) => quantile(values, 0.5);
  const name = `p${q * 100}`;
  return [
    {
      name: `store of a long life: a step, ${name}`,
      value: rounded(median(each.map(([full]) => full))),
      unit: 'ms',
      ratio: rounded(median(each.map(([full, empty]) => full / empty))),
      ...wanted,
    },
    { name: `empty store: the same step, ${name}`, value: rounded(median(each.map(([, empty]) => empty))), unit: 'ms' },
  ];
}

/** What one call of retention takes from everybody else, while there is much to drop. */
async function prune(path: string): Promise<readonly Figure[]> {
  await using store = await createSqliteStore({ path });
  const waits: number[] = [];
  let rows = 0;
  for (let call = 0; call < 200; call += 1) {
    const startedAt = performance.now();
    const { bodies, ids } = await store.prune({ bodiesBefore: Date.now(), idsBefore: 20_000 });
    waits.push(performance.now() - startedAt);
    rows += bodies + ids;
  }
  const name = `retention on the full store: one call (${Math.round(rows / waits.length)} rows)`;
  return [0.5, 0.99].map((q) => ({ name: `${name}, p${q * 100}`, value: rounded(quantile(waits, q)), unit: 'ms' }));
}

/** From opening the store to the first answer that is sent, and to the last. */
async function resume(path: string, open: number): Promise<readonly Figure[]> {
  const platform = createFakePlatform({ now: Date.now, isKeyed: true });
  const inner = platform.connect();
  const sentAt: number[] = [];
  const channel: Channel = {
    ...inner,
    async send(message, to) {
      sentAt.push(performance.now());
      return inner.send(message, to);
    },
  };
  const stop = new AbortController();
  const startedAt = performance.now();
  await using store = await createSqliteStore({ path });
  const gateway = createGateway({
    ...{ store, channels: [channel], runner: createScriptedAgent().runner() },
    rules: { ...testRules, access: { ...testRules.access, owners: [platform.owner.id] } },
    files: createOpenFiles(),
  });
  const ended = gateway.run(stop.signal);
  while (sentAt.length < open) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await ended;
  const [first, last] = [sentAt[0] ?? Number.NaN, sentAt.at(-1) ?? Number.NaN];
  return [
    {
      name: `restart with ${open} open effects: opened → first one resumed`,
      line: 'restart',
      value: rounded(first - startedAt),
      unit: 'ms',
      target: { atMost: 1_000 },
    },
    { name: `restart with ${open} open effects: opened → last one resumed`, value: rounded(last - startedAt), unit: 'ms' },
  ];
}
