import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import type { Continuation, ContinuationStore } from '../continuation-store.ts';
import { asId } from '../ids.ts';
import { createManualClock } from './manual-clock.ts';

/** A continuation store to be tried, and how it is done with. */
export interface ContinuationHarness {
  readonly store: ContinuationStore;
  close(): Promise<void>;
}

/** What every {@link ContinuationStore} must do. Call it in a test file of the store's package. */
export function continuationContract(
  name: string,
  open: (options: { readonly ttlMs: number; readonly capacity: number; readonly clock: Clock }) => Promise<ContinuationHarness>,
): void {
  describe(`${name} keeps continuations`, () => {
    const clock = createManualClock();
    async function using(capacity: number, test: (store: ContinuationStore) => Promise<void>): Promise<void> {
      const { store, close } = await open({ ttlMs: 100, capacity, clock });
      try {
        await test(store);
      } finally {
        await close();
      }
    }
    const make = (id: string, item = `msg_${id}`): Continuation => ({
      ...{ id, thread: asId('t'), account: 'a', provider: 'p', input: [{ role: 'user', text: '\ud83d' }] },
      response: { id, output: [{ id: item, text: 'ü' }, { id: `${item}b` }] },
      items: [{ n: 1 }, { n: 2 }],
      createdAt: clock.now(),
    });
    const state = async (store: ContinuationStore, id: string) => (await store.find(id)).state;

    it('gives back what was put, whole', () =>
      using(10, async (store) => {
        const whole = make('one');
        await store.put(whole);
        expect(await store.find('one')).toEqual({ state: 'found', continuation: whole });
        expect(await store.find('other')).toEqual({ state: 'unknown' });
      }));

    it('keeps what is used, remembers for a while what expired, and forgets that too', () =>
      using(10, async (store) => {
        await store.put(make('used'));
        await store.put(make('idle'));
        await clock.advance(60);
        expect(await state(store, 'used')).toBe('found');
        await clock.advance(50);
        expect(await state(store, 'used')).toBe('found');
        expect([await store.find('idle'), await store.find('never')]).toEqual([{ state: 'expired' }, { state: 'unknown' }]);
        expect(await store.count()).toBe(1);
        await clock.advance(140);
        expect(await store.find('idle')).toEqual({ state: 'unknown' });
        expect(await store.find('used')).toEqual({ state: 'expired' });
        expect(await store.count()).toBe(0);
      }));

    it('makes room by what was used longest ago', () =>
      using(2, async (store) => {
        await store.put(make('one'));
        await store.put(make('two'));
        await store.find('one');
        await store.put(make('three'));
        expect(await store.count()).toBe(2);
        expect([await state(store, 'one'), await state(store, 'two'), await state(store, 'three')]).toEqual([
          'found',
          'unknown',
          'found',
        ]);
      }));

    it('takes the same id again in place of what it had', () =>
      using(10, async (store) => {
        await store.put(make('one', 'msg_old'));
        await store.put(make('one', 'msg_new'));
        expect(await store.count()).toBe(1);
        expect(await store.findItem('msg_old')).toBeUndefined();
        expect(await store.findItem('msg_new')).toEqual({ id: 'msg_new', text: 'ü' });
      }));

    it('finds items by their ids, which is no use, and deletes for good', () =>
      using(10, async (store) => {
        await store.put(make('one', 'msg_x'));
        await clock.advance(90);
        expect(await store.findItem('msg_xb')).toEqual({ id: 'msg_xb' });
        await clock.advance(20);
        expect([await store.findItem('msg_x'), await state(store, 'one')]).toEqual([undefined, 'expired']);
        await store.put(make('two'));
        expect([await store.delete('two'), await store.delete('two'), await store.delete('one')]).toEqual([true, false, false]);
        expect([await state(store, 'two'), await state(store, 'one'), await store.findItem('msg_two')]).toEqual([
          'unknown',
          'unknown',
          undefined,
        ]);
      }));
  });
}
