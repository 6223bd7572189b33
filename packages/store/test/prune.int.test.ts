import { systemClock } from '@threadbridge/contract';
import type { Pruned } from '@threadbridge/core';
import Client from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteStore, type SqliteStore } from '../src/index.ts';
import { causes } from './causes.ts';
import { canRunSqlite, placeOfEachTest } from './sqlite-place.ts';

interface Row {
  readonly name: string;
  readonly hasBody: 0 | 1;
}

describe.skipIf(!canRunSqlite)('retention in the file', () => {
  const place = placeOfEachTest();
  let store: SqliteStore;
  let now: number;
  beforeEach(async () => {
    now = 1_000;
    store = await createSqliteStore({ path: place.path, clock: { ...systemClock, now: () => now } });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  /** Message `n` arrives, is handled, and its answer is sent, all at moment `n`. */
  const live = async (n: number) => {
    now = n;
    const { input, scope, state, effect } = causes(n);
    await store.accept({ inputs: [input] });
    await store.commit({ input: input.id, scope, state, effects: [effect], facts: [], inputs: [], audit: [] });
    await store.settle(effect.key, { type: 'done' });
  };
  const look = (read: (client: Client.Database) => readonly Row[]): readonly string[] => {
    const client = new Client(place.path, { readonly: true });
    try {
      return read(client).map(({ name, hasBody }) => `${name} ${hasBody ? 'whole' : 'bare'}`);
    } finally {
      client.close();
    }
  };
  const inbox = () =>
    look((client) => client.prepare<[], Row>(`select id as name, input <> 'null' as hasBody from inbox order by seq`).all());
  const effects = () =>
    look((client) => client.prepare<[], Row>(`select key as name, body <> 'null' as hasBody from effects order by seq`).all());

  it('drops bodies first and rows later, each by when it was done, and leaves what is younger whole', async () => {
    for (const n of [1, 2, 3, 4]) await live(n);
    expect(await store.prune({ bodiesBefore: 4, idsBefore: 2 })).toEqual({ bodies: 6, ids: 2 });
    expect(inbox()).toEqual(['event/chat:2 bare', 'event/chat:3 bare', 'event/chat:4 whole']);
    expect(effects()).toEqual(['event/chat:2:0 bare', 'event/chat:3:0 bare', 'event/chat:4:0 whole']);
    expect(await store.prune({ bodiesBefore: 4, idsBefore: 2 })).toEqual({ bodies: 0, ids: 0 });
  });

  it('goes by the moment of the end, not by that of the beginning', async () => {
    const { input, scope, state, effect } = causes(1);
    now = 1;
    await store.accept({ inputs: [input] });
    now = 50;
    await store.commit({ input: input.id, scope, state, effects: [effect], facts: [], inputs: [], audit: [] });
    now = 90;
    await store.settle(effect.key, { type: 'unknown' });
    expect(await store.prune({ bodiesBefore: 60, idsBefore: 0 })).toEqual({ bodies: 1, ids: 0 });
    expect([...inbox(), ...effects()]).toEqual(['event/chat:1 bare', 'event/chat:1:0 whole']);
  });

  it('leaves what waits and what is open whole, however old it is', async () => {
    const { input, scope, state, effect } = causes(1);
    const late = causes(2).input;
    now = 1;
    await store.accept({ inputs: [input, late] });
    await store.commit({ input: input.id, scope, state, effects: [effect], facts: [], inputs: [], audit: [] });
    await store.start(effect.key);
    now = 1e9;
    await store.prune({ bodiesBefore: now, idsBefore: now });
    expect([...inbox(), ...effects()]).toEqual(['event/chat:2 whole', 'event/chat:1:0 whole']);
    expect(await store.nextInput()).toEqual(late);
    expect(await store.openEffects()).toEqual([{ ...effect, isStarted: true, attempts: 0 }]);
  });

  it('does a bounded piece of work at each call, the oldest first', async () => {
    for (let n = 1; n <= 250; n += 1) await live(n);
    const calls: Pruned[] = [];
    for (let call = 0; call < 4; call += 1) calls.push(await store.prune({ bodiesBefore: 1e9, idsBefore: 0 }));
    expect(calls.map((call) => call.bodies)).toEqual([200, 200, 100, 0]);
  });

  it('gives the place of what it dropped to what comes next', { timeout: 20_000 }, async () => {
    const pages = () => {
      const client = new Client(place.path, { readonly: true });
      try {
        return Number(client.pragma('page_count', { simple: true }));
      } finally {
        client.close();
      }
    };
    for (let n = 1; n <= 500; n += 1) await live(n);
    const first = pages();
    for (let round = 1; round <= 3; round += 1) {
      while ((await store.prune({ bodiesBefore: 1e9, idsBefore: 1e9 })).bodies > 0);
      for (let n = 1; n <= 500; n += 1) await live(round * 1_000 + n);
    }
    expect(pages()).toBeLessThan(first * 1.5);
  });
});
