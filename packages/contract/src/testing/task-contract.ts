import { describe, expect, it } from 'vitest';
import type { StoredTask, TaskEntry, TaskStore } from '../task-store.ts';

/** A task store to be tried, and how it is done with. */
export interface TaskHarness {
  readonly store: TaskStore;
  close(): Promise<void>;
}

/** What every {@link TaskStore} must do. Call it in a test file of the store's package. */
export function taskContract(name: string, open: () => Promise<TaskHarness>): void {
  describe(`${name} keeps tasks`, () => {
    async function using(test: (store: TaskStore) => Promise<void>): Promise<void> {
      const { store, close } = await open();
      try {
        await test(store);
      } finally {
        await close();
      }
    }
    const task = (id: string, change: Partial<StoredTask> = {}): StoredTask => ({
      ...{ id, createdAt: 5, updatedAt: 5, body: { text: `of ${id}` } },
      ...change,
    });
    const entry = (of: string, key: string, kind: TaskEntry['kind'] = 'told'): TaskEntry => ({
      ...{ task: of, key, at: 7, kind },
      body: { key },
    });
    const ids = (tasks: readonly StoredTask[]) => tasks.map(({ id }) => id);

    it('gives back what was written last, whole', () =>
      using(async (store) => {
        const half = task('one', { body: { text: '\ud83d', list: [1, null] }, dueAt: 9 });
        await store.write(task('one'));
        await store.write(half);
        expect([await store.load('one'), await store.load('two')]).toEqual([half, undefined]);
      }));

    it('lists the newest first, part by part', () =>
      using(async (store) => {
        for (const id of ['one', 'two', 'three']) await store.write(task(id));
        await store.write(task('one', { updatedAt: 99 }));
        expect(ids(await store.list({ limit: 2 }))).toEqual(['three', 'two']);
        expect(ids(await store.list({ limit: 2, before: 'two' }))).toEqual(['one']);
        expect(ids(await store.list({ limit: 2, before: 'none' }))).toEqual([]);
      }));

    it('knows of which of them something is to be done, and when', () =>
      using(async (store) => {
        await store.write(task('later', { dueAt: 20 }));
        await store.write(task('soon', { dueAt: 10 }));
        await store.write(task('never'));
        expect(ids(await store.due(5))).toEqual(['soon', 'later']);
        expect(ids(await store.due(1))).toEqual(['soon']);
        await store.write(task('soon'));
        expect(ids(await store.due(5))).toEqual(['later']);
      }));

    it('adds entries in order, each key once', () =>
      using(async (store) => {
        await store.write(task('one'), [entry('one', 'a', 'asked'), entry('one', 'b')]);
        await store.write(task('two'), [entry('two', 'c'), entry('one', 'b')]);
        await store.write(task('one'), [entry('one', 'd'), entry('one', 'a', 'asked')]);
        const asked = await store.asked(0, 9);
        expect(asked.map(({ seq, ...rest }) => rest)).toEqual([entry('one', 'a', 'asked')]);
        expect(await store.asked(asked[0]?.seq ?? 0, 9)).toEqual([]);
        const told = await store.told('one', 0, 9);
        expect(told.map(({ seq, ...rest }) => rest)).toEqual([entry('one', 'b'), entry('one', 'd')]);
        expect(await store.told('one', told[0]?.seq ?? 0, 9)).toEqual(told.slice(1));
        expect(await store.told('one', 0, 1)).toEqual(told.slice(0, 1));
        const seqs = [...asked, ...told].map(({ seq }) => seq);
        expect(seqs).toEqual([...new Set([0, ...seqs])].sort((a, b) => a - b).slice(1));
        expect((await store.latest('one', 1)).map(({ key }) => key)).toEqual(['d']);
        expect((await store.latest('one', 9)).map(({ key }) => key)).toEqual(['b', 'd']);
      }));
  });
}
