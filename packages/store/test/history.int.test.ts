import { asId, type EffectKey, type Scope } from '@threadbridge/contract';
import { type Effect, type EffectRow, type Input, initialState } from '@threadbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteStore, type SqliteStore } from '../src/index.ts';
import { canRunSqlite, placeOfEachTest } from './sqlite-place.ts';

const scope = (name: string): Scope => ({ id: asId(`chat:${name}`), channel: asId('chat'), kind: 'private' });

function input(id: string, name: string): Input {
  const event = {
    ...{ id: asId(id), scope: scope(name), actor: { id: asId('chat:me') }, reply: null, at: 1, type: 'message.received' },
    ...{ text: id, attachments: [], isAddressed: true },
  } as const;
  return { type: 'message.received', id: asId(id), scope: scope(name), at: 1, event } as Input;
}

function deliver(key: string, name: string): EffectRow {
  const effect: Effect = { type: 'deliver', message: { markdown: key }, reply: null, purpose: 'reply', at: 1 };
  return { key: asId<EffectKey>(key), scope: scope(name), effect };
}

async function step(store: SqliteStore, id: string, name: string, effects: readonly EffectRow[] = []): Promise<void> {
  await store.accept({ inputs: [input(id, name)] });
  const state = initialState(scope(name));
  await store.commit({ input: asId(id), scope: scope(name), state, effects, facts: [], inputs: [], audit: [] });
}

describe.skipIf(!canRunSqlite)('the history of a store', () => {
  const place = placeOfEachTest();
  let store: SqliteStore;
  let now = 1_000;
  beforeEach(async () => {
    now = 1_000;
    store = await createSqliteStore({
      path: place.path,
      clock: { now: () => now, sleep: () => new Promise(() => {}) },
    });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  it('tells conversations by their latest news, page by page, leaving none out that changed in the same moment', async () => {
    for (const [at, name] of [
      [1, 'a'],
      [2, 'b'],
      [2, 'c'],
      [2, 'd'],
      [3, 'e'],
    ] as const) {
      now = at;
      await step(store, `i-${name}`, name);
    }
    now = 4;
    await step(store, 'i-a2', 'a');
    const first = store.history.scopes({ limit: 3 });
    expect(first.rows.map(({ updatedAt }) => updatedAt)).toEqual([4, 3, 2, 2, 2]);
    expect(new Set(first.rows.map(({ state }) => state.scope.id))).toEqual(
      new Set(['a', 'e', 'b', 'c', 'd'].map((name) => scope(name).id)),
    );
    expect(store.history.scopes({ limit: 3, before: first.before ?? 0 })).toEqual({ rows: [] });
  });

  it('tells effects of the wished types and place with what became of them, newest first', async () => {
    await step(store, 'i1', 'a', [deliver('k1', 'a'), deliver('k2', 'a')]);
    await step(store, 'i2', 'b', [deliver('k3', 'b')]);
    await store.start(asId('k2'));
    await store.settle(asId('k1'), { type: 'failed', code: 'channel.rejected' });
    await store.settle(asId('k3'), { type: 'retry', at: 9_000, code: 'channel.unreachable' });
    const types = ['deliver'] as const;
    const { rows } = store.history.effects({ types, limit: 10 });
    expect(rows.map(({ row, status, attempts, code, notBefore }) => [row.key, status, attempts, code, notBefore])).toEqual([
      ['k3', 'open', 1, 'channel.unreachable', 9_000],
      ['k2', 'started', 0, undefined, undefined],
      ['k1', 'failed', 0, 'channel.rejected', undefined],
    ]);
    expect(store.history.effects({ types, scope: scope('b').id, limit: 10 }).rows).toHaveLength(1);
    expect(store.history.effects({ types: ['timer'], limit: 10 }).rows).toEqual([]);
    expect(store.history.openEffects('deliver').map(({ row }) => row.key)).toEqual(['k2', 'k3']);
    const newest = store.history.effects({ types, limit: 2 });
    expect(store.history.effects({ types, limit: 2, before: newest.before ?? 0 }).rows.map(({ row }) => row.key)).toEqual(['k1']);
  });

  it('tells what was taken in, and leaves out what retention dropped', async () => {
    await step(store, 'i1', 'a', [deliver('k1', 'a')]);
    await store.settle(asId('k1'), { type: 'done' });
    await step(store, 'i2', 'b');
    now = 5_000;
    await step(store, 'i3', 'a');
    const ids = () => store.history.inputs({ scope: scope('a').id, limit: 10 }).rows.map((row) => row.input.id);
    expect(ids()).toEqual(['i3', 'i1']);
    await store.prune({ bodiesBefore: 2_000, idsBefore: 0 });
    expect(ids()).toEqual(['i3']);
    expect(store.history.effects({ types: ['deliver'], limit: 10 }).rows).toEqual([]);
  });

  it('refuses once the store is closed', async () => {
    await store[Symbol.asyncDispose]();
    expect(() => store.history.scopes({ limit: 1 })).toThrow(expect.objectContaining({ code: 'store.closed' }));
  });
});
