import { taskContract } from '@threadbridge/contract/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { canRunSqlite, clockAhead, placeOfEachTest } from './sqlite-place.ts';

describe.skipIf(!canRunSqlite)('tasks in the file', () => {
  const place = placeOfEachTest();

  taskContract('SQLite', async () => {
    const store = await createSqliteStore({ path: place.path });
    return { store: store.tasks, close: async () => store[Symbol.asyncDispose]() };
  });

  const task = (id: string, updatedAt: number, dueAt?: number) => ({
    ...{ id, createdAt: 1, updatedAt, body: {} },
    ...(dueAt !== undefined && { dueAt }),
  });
  const told = (id: string, key: string) => ({ task: id, key, at: 1, kind: 'told' as const, body: {} });

  it('are there after a restart, and prune drops those that are over and old', async () => {
    {
      await using store = await createSqliteStore({ path: place.path });
      await store.tasks.write(task('old', 5), [told('old', 'a')]);
      await store.tasks.write(task('waits', 5, 50), [told('waits', 'b')]);
      await store.tasks.write(task('new', 20), [told('new', 'c')]);
    }
    await using store = await createSqliteStore({ path: place.path });
    expect(await store.prune({ bodiesBefore: 10, idsBefore: 0 })).toEqual({ bodies: 2, ids: 0 });
    expect((await store.tasks.list({ limit: 9 })).map(({ id }) => id)).toEqual(['new', 'waits']);
    const left = await Promise.all(['old', 'waits', 'new'].map((id) => store.tasks.told(id, 0, 9)));
    expect(left.flat().map(({ key }) => key)).toEqual(['b', 'c']);
  });

  it('never give out a place twice, so that a cursor stays right', async () => {
    await using store = await createSqliteStore({ path: place.path });
    await store.tasks.write(task('old', 5), [told('old', 'a')]);
    const [first] = await store.tasks.told('old', 0, 1);
    await store.prune({ bodiesBefore: 10, idsBefore: 0 });
    await store.tasks.write(task('new', 20), [told('new', 'b')]);
    expect((await store.tasks.told('new', first?.seq ?? 0, 1)).map(({ key }) => key)).toEqual(['b']);
  });

  it('are no longer touched by a process that lost the store', async () => {
    await using fenced = await createSqliteStore({ path: place.path });
    await using _ = await createSqliteStore({ path: place.path, clock: clockAhead(3_600_000) });
    await expect(fenced.tasks.write(task('one', 1))).rejects.toMatchObject({ code: 'store.fenced' });
    await expect(fenced.tasks.load('one')).rejects.toMatchObject({ code: 'store.fenced' });
  });
});
