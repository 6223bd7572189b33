import { asId, type Clock, type Continuation } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { createMemoryContinuations } from './memory-continuations.ts';

const clock: Clock & { at: number } = { at: 0, now: () => clock.at, sleep: async () => {} };
const make = (id: string, item = `msg_${id}`): Continuation => ({
  id,
  thread: asId('t'),
  account: 'a',
  provider: 'p',
  response: { id, output: [{ id: item }] },
  input: [],
  items: [],
  createdAt: clock.at,
});

it('keeps what is used, remembers for a while what expired, and forgets that too', async () => {
  clock.at = 0;
  const store = createMemoryContinuations({ ttlMs: 100, clock });
  await store.put(make('used'));
  await store.put(make('idle'));
  clock.at = 60;
  expect(await store.find('used')).toMatchObject({ state: 'found', continuation: { id: 'used' } });
  clock.at = 110;
  expect((await store.find('used')).state).toBe('found');
  expect([await store.find('idle'), await store.find('never')]).toEqual([{ state: 'expired' }, { state: 'unknown' }]);
  expect(await store.count()).toBe(1);
  clock.at = 250;
  expect(await store.find('idle')).toEqual({ state: 'unknown' });
  expect(await store.find('used')).toEqual({ state: 'expired' });
});

it('makes room by what was used longest ago', async () => {
  const store = createMemoryContinuations({ capacity: 2, clock });
  await store.put(make('one'));
  await store.put(make('two'));
  await store.find('one');
  await store.put(make('three'));
  expect((await store.find('two')).state).toBe('unknown');
  expect((await store.find('one')).state).toBe('found');
});

it('finds items by their ids, and deletes for good', async () => {
  const store = createMemoryContinuations({ clock });
  await store.put(make('one', 'msg_x'));
  expect(await store.findItem('msg_x')).toEqual({ id: 'msg_x' });
  expect(await store.delete('one')).toBe(true);
  expect(await store.delete('one')).toBe(false);
  expect([await store.find('one'), await store.findItem('msg_x')]).toEqual([{ state: 'unknown' }, undefined]);
});
