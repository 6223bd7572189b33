import { silentLogger } from '@threadbridge/contract';
import { createManualClock, settled } from '@threadbridge/contract/testing';
import type { Retention } from '@threadbridge/core';
import { expect, it } from 'vitest';
import { keepTidy } from './keep-tidy.ts';

it('drops in bites until nothing is left, again every hour, and ends on abort', async () => {
  const clock = createManualClock();
  const stop = new AbortController();
  const asked: Retention[] = [];
  let left = 3;
  const store = {
    async prune(limits: Retention) {
      asked.push(limits);
      left -= 1;
      return { bodies: left > 0 ? 1 : 0, ids: 0 };
    },
  };
  const collected: number[] = [];
  const collect = async (before: number) => collected.push(before);
  const tidy = keepTidy(store, {
    messagesDays: 90,
    attachments: { days: 30, collect },
    clock,
    logger: silentLogger,
    signal: stop.signal,
  });
  for (let turn = 0; turn < 10; turn += 1) await settled();
  expect(asked).toHaveLength(3);
  expect(asked[0]?.bodiesBefore).toBe(clock.now() - 90 * 86_400_000);
  expect(collected).toEqual([clock.now() - 30 * 86_400_000]);
  expect(asked[0]?.idsBefore).toBeLessThan(asked[0]?.bodiesBefore ?? 0);
  await clock.advance(3_600_000);
  expect(asked).toHaveLength(4);
  stop.abort();
  await tidy;
});

it('goes on after trouble', async () => {
  const clock = createManualClock();
  const stop = new AbortController();
  let calls = 0;
  const store = {
    async prune(): Promise<never> {
      calls += 1;
      throw new Error('busy');
    },
  };
  const collect = async (): Promise<never> => {
    throw new Error('no disk');
  };
  const tidy = keepTidy(store, {
    messagesDays: 1,
    attachments: { days: 1, collect },
    clock,
    logger: silentLogger,
    signal: stop.signal,
  });
  await settled();
  await clock.advance(3_600_000);
  expect(calls).toBe(2);
  stop.abort();
  await tidy;
});
