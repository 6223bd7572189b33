import { expect, it } from 'vitest';
import { startStopwatch } from './stopwatch.ts';

it('tells how long it runs, and begins anew where the time of day was put back', () => {
  let now = 1_700_000_000_000;
  const elapsedMs = startStopwatch({ now: () => now, sleep: async () => {} });
  expect(elapsedMs()).toBe(0);
  now += 700;
  expect(elapsedMs()).toBe(700);
  now -= 3_600_000;
  expect(elapsedMs()).toBe(0);
  now += 800;
  expect(elapsedMs()).toBe(800);
});
