import { createLink } from '@threadbridge/contract';
import { createManualClock, settled } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { tellLink } from './tell-link.ts';

async function watching(work: (world: ReturnType<typeof open>) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const world = open(stop.signal);
  try {
    await work(world);
  } finally {
    stop.abort();
    await world.over;
  }
  expect(world.clock.sleeping).toBe(0);
}

function open(signal: AbortSignal) {
  const clock = createManualClock();
  const { link, set } = createLink();
  const told: string[] = [];
  const over = tellLink(link, clock, (state) => void told.push(state), signal);
  const becomes = async (isUp: boolean | undefined) => {
    set(isUp);
    await settled();
  };
  return { clock, becomes, told, over };
}

it('says nothing before anything is known, then at once what the first attempt has shown', () =>
  watching(async ({ clock, becomes, told }) => {
    await clock.advance(9_000);
    expect(told).toEqual([]);
    await becomes(false);
    expect(told).toEqual(['unreachable']);
  }));

it('says connected at once where the first attempt came through', () =>
  watching(async ({ becomes, told }) => {
    await becomes(true);
    expect(told).toEqual(['connected']);
  }));

it('does not wait for ever for a first attempt', () =>
  watching(async ({ clock, told }) => {
    await clock.advance(10_000);
    expect(told).toEqual(['unreachable']);
  }));

it('has no word for a blip', () =>
  watching(async ({ clock, becomes, told }) => {
    await becomes(true);
    for (let times = 0; times < 3; times += 1) {
      await becomes(false);
      await clock.advance(9_000);
      await becomes(true);
      await clock.advance(1_000);
    }
    expect(told).toEqual(['connected']);
    await becomes(false);
    await clock.advance(10_000);
    expect(told).toEqual(['connected', 'unreachable']);
  }));

it('says that it is there again once that holds', () =>
  watching(async ({ clock, becomes, told }) => {
    await becomes(false);
    await becomes(true);
    await clock.advance(1_000);
    await becomes(false);
    await clock.advance(30_000);
    expect(told).toEqual(['unreachable']);
    await becomes(true);
    await clock.advance(2_000);
    expect(told).toEqual(['unreachable', 'connected']);
  }));
