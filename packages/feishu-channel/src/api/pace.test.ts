import type { Clock } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { createPace } from './pace.ts';

/** Time that a test sets, and the pauses that were asked for. */
function clockAt(start: number) {
  const pauses: number[] = [];
  let now = start;
  const clock: Clock = {
    now: () => now,
    async sleep(ms) {
      pauses.push(ms);
    },
  };
  const set = (to: number) => {
    now = to;
  };
  return { clock, pauses, set };
}

it('lets so many through at once, and the next a second after the first', async () => {
  const { clock, pauses, set } = clockAt(1_000_000);
  const pace = createPace(clock, 2);
  await pace.wait('chat');
  set(1_000_400);
  await pace.wait('chat');
  expect(pauses).toEqual([]);
  await pace.wait('chat');
  await pace.wait('another');
  expect(pauses).toEqual([650]);
});

it('waits no longer where the clock was put back', async () => {
  const { clock, pauses, set } = clockAt(10_000_000);
  const pace = createPace(clock, 1);
  await pace.wait('chat');
  set(6_400_000);
  await pace.wait('chat');
  expect(pauses).toEqual([1_050]);
});
