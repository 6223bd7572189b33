import { getEventListeners } from 'node:events';
import { createManualClock } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { createSlots } from './slots.ts';

it('lets them in by their order, and leaves nothing on the request of whoever waited', async () => {
  const clock = createManualClock();
  const slots = createSlots({ maxConcurrent: 1, maxQueued: 3, queueTimeoutMs: 1_000, clock });
  const requests = [1, 2, 3].map(() => new AbortController());
  const release = await slots.acquire(new AbortController().signal);
  const waiting = requests.map(({ signal }) => slots.acquire(signal));
  expect([slots.active, slots.queued]).toEqual([1, 3]);
  requests[1]?.abort();
  await expect(waiting[1]).rejects.toMatchObject({ code: 'client_disconnected' });
  release();
  const next = await waiting[0];
  const late = expect(waiting[2]).rejects.toMatchObject({ code: 'server_busy' });
  await clock.advance(1_000);
  await late;
  next?.();
  next?.();
  expect([slots.active, slots.queued, clock.sleeping]).toEqual([0, 0, 0]);
  expect(requests.map(({ signal }) => getEventListeners(signal, 'abort').length)).toEqual([0, 0, 0]);
});
