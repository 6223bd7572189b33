import { createManualClock } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { watchForStall } from './stall-watch.ts';

const hourMs = 3_600_000;

function watched(isExcused = false) {
  const manual = createManualClock();
  const world = { stalls: 0, shiftMs: 0, isExcused };
  const watch = watchForStall({
    clock: { now: () => manual.now() + world.shiftMs, sleep: manual.sleep },
    deadlineMs: hourMs,
    isExcused: () => world.isExcused,
    onStall: () => void world.stalls++,
  });
  return { world, watch, advance: manual.advance };
}

it('calls a stall once, after so long without a sign of life', async () => {
  const { world, watch, advance } = watched();
  await advance(hourMs - 1);
  watch.note();
  await advance(hourMs - 1);
  expect(world.stalls).toBe(0);
  await advance(2);
  await advance(hourMs);
  expect(world.stalls).toBe(1);
});

it('waits while somebody else is awaited, and then as long as ever', async () => {
  const { world, advance } = watched(true);
  await advance(5 * hourMs);
  world.isExcused = false;
  expect(world.stalls).toBe(0);
  await advance(hourMs);
  expect(world.stalls).toBe(1);
});

it('waits no longer than twice that where the clock was put back', async () => {
  const { world, advance } = watched();
  await advance(hourMs / 2);
  world.shiftMs = -24 * hourMs;
  await advance(1.5 * hourMs);
  expect(world.stalls).toBe(1);
});

it('calls none after it was stopped', async () => {
  const { world, watch, advance } = watched();
  watch.stop();
  await advance(2 * hourMs);
  expect(world.stalls).toBe(0);
});
