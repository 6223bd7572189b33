import { createManualClock, settled } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { withinBound } from './within-bound.ts';

const never = new Promise<void>(() => {});

it('waits for ever while nobody wants to stop', async () => {
  const clock = createManualClock();
  let isOver = false;
  void withinBound(never, { signal: new AbortController().signal, clock, timeoutMs: 10 }).finally(() => {
    isOver = true;
  });
  await clock.advance(1_000_000);
  expect(isOver).toBe(false);
});

it('leaves work behind that does not end after a stop', async () => {
  const clock = createManualClock();
  const stop = new AbortController();
  const waiting = expect(withinBound(never, { signal: stop.signal, clock, timeoutMs: 10_000 })).rejects.toThrow(
    'within 12000 ms',
  );
  stop.abort();
  await settled();
  await clock.advance(12_000);
  await waiting;
});

it('ends with the work and leaves no timer', async () => {
  const clock = createManualClock();
  const stop = new AbortController();
  stop.abort();
  const { promise, resolve } = Promise.withResolvers<void>();
  const waiting = withinBound(promise, { signal: stop.signal, clock, timeoutMs: 10_000 });
  await settled();
  expect(clock.sleeping).toBe(1);
  resolve();
  await waiting;
  await settled();
  expect(clock.sleeping).toBe(0);
});

it('passes on why the work failed', async () => {
  const work = Promise.reject(new TypeError('a bug'));
  await expect(
    withinBound(work, { signal: new AbortController().signal, clock: createManualClock(), timeoutMs: 1 }),
  ).rejects.toThrow('a bug');
});
