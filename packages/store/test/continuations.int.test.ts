import { asId, type Continuation, systemClock } from '@threadbridge/contract';
import { continuationContract, createManualClock } from '@threadbridge/contract/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteStore, type SqliteContinuationsOptions } from '../src/index.ts';
import { canRunSqlite, clockAhead, placeOfEachTest } from './sqlite-place.ts';

const make = (id: string, text = ''): Continuation => ({
  ...{ id, thread: asId('t'), account: 'a', provider: 'p', createdAt: 1, input: [], items: [text] },
  response: { id, output: [{ id: `msg_${id}` }] },
});

describe.skipIf(!canRunSqlite)('continuations in the file', () => {
  const place = placeOfEachTest();

  continuationContract('SQLite', async ({ clock, ...options }) => {
    const store = await createSqliteStore({ path: place.path, clock });
    return { store: store.continuations(options), close: async () => store[Symbol.asyncDispose]() };
  });

  async function using(options: SqliteContinuationsOptions, at: number, test: (of: Opened) => Promise<void>): Promise<void> {
    await using store = await createSqliteStore({ path: place.path, clock: { ...systemClock, now: () => at } });
    await test({ store, continuations: store.continuations(options) });
  }
  type Opened = {
    readonly store: Awaited<ReturnType<typeof createSqliteStore>>;
    readonly continuations: ReturnType<Opened['store']['continuations']>;
  };

  it('are there after a restart, and expire by the time that passed meanwhile', async () => {
    await using({ ttlMs: 100 }, 1_000, ({ continuations }) => continuations.put(make('one')));
    await using({ ttlMs: 100 }, 1_090, async ({ continuations }) => {
      expect(await continuations.find('one')).toEqual({ state: 'found', continuation: make('one') });
    });
    await using({ ttlMs: 100 }, 1_200, async ({ continuations }) => {
      expect(await continuations.find('one')).toEqual({ state: 'expired' });
    });
  });

  it('are dropped by prune once they have expired, and forgotten later', async () => {
    const limits = { bodiesBefore: 0, idsBefore: 0 };
    await using({ ttlMs: 100 }, 1_000, async ({ store, continuations }) => {
      await continuations.put(make('one'));
      expect(await store.prune(limits)).toEqual({ bodies: 0, ids: 0 });
    });
    await using({ ttlMs: 100 }, 1_100, async ({ store, continuations }) => {
      expect(await store.prune(limits)).toEqual({ bodies: 1, ids: 0 });
      expect(await store.prune(limits)).toEqual({ bodies: 0, ids: 0 });
      expect(await continuations.find('one')).toEqual({ state: 'expired' });
    });
    await using({ ttlMs: 100 }, 1_200, async ({ store, continuations }) => {
      expect(await store.prune(limits)).toEqual({ bodies: 0, ids: 1 });
      expect(await continuations.find('one')).toEqual({ state: 'unknown' });
    });
  });

  it('together take no more than they may, and the newest is kept in any case', async () => {
    await using({ maxBytes: 3_000 }, 1, async ({ continuations }) => {
      for (const id of ['one', 'two', 'three']) await continuations.put(make(id, 'x'.repeat(1_200)));
      expect([(await continuations.find('one')).state, await continuations.count()]).toEqual(['unknown', 2]);
      await continuations.put(make('huge', 'x'.repeat(9_000)));
      expect([(await continuations.find('huge')).state, await continuations.count()]).toEqual(['found', 1]);
    });
  });

  it('are no longer touched by a process that lost the store', async () => {
    const clock = createManualClock();
    await using fenced = await createSqliteStore({ path: place.path, clock });
    const old = fenced.continuations();
    await old.put(make('one'));
    await using _ = await createSqliteStore({ path: place.path, clock: clockAhead(3_600_000) });
    for (const call of [() => old.put(make('two')), () => old.find('one'), () => old.delete('one'), () => old.count()])
      await expect(call()).rejects.toMatchObject({ code: 'store.fenced' });
  });
});
