import { asId, type Clock, type ThreadId } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import type { Client } from './client.ts';
import { readSettled } from './settled-turn.ts';

const unfinished = { id: 'turn', status: 'interrupted', completedAt: null };
const completed = { id: 'turn', status: 'completed', completedAt: 1_795_274_700 };

/** Reads a turn whose record gives these one after the other, the last one for ever; the time of day is put back by an hour when so much has passed. */
async function settle(records: readonly unknown[], status: string, putBackAfterMs = Number.POSITIVE_INFINITY) {
  let passedMs = 0;
  let reads = 0;
  const clock: Clock = {
    now: () => (passedMs < putBackAfterMs ? passedMs : passedMs - 3_600_000),
    async sleep(ms) {
      passedMs += ms;
    },
  };
  const client = { call: async () => ({ thread: { status: { type: status } } }) } as unknown as Client;
  const record = await readSettled({
    clock,
    client,
    thread: asId<ThreadId>('thread'),
    read: async () => records[Math.min(reads++, records.length - 1)],
    recordOf: (found) => found,
  });
  return { record, reads, tookMs: passedMs };
}

it('reads again while the end of a turn is not on record', async () => {
  expect(await settle([unfinished, unfinished, completed], 'idle')).toMatchObject({ record: completed, reads: 3 });
  expect(await settle([unfinished, completed], 'active')).toMatchObject({ record: completed, reads: 2 });
});

it('takes at once what has an end, or goes on', async () => {
  const stopped = { ...unfinished, completedAt: 1_795_274_700 };
  for (const record of [completed, stopped, { ...unfinished, status: 'inProgress' }, undefined])
    expect(await settle([record], 'idle')).toEqual({ record, reads: 1, tookMs: 0 });
});

it('takes a turn for interrupted whose process is no more, and one that gets no end', async () => {
  expect(await settle([unfinished], 'notLoaded')).toEqual({ record: unfinished, reads: 1, tookMs: 0 });
  expect(await settle([unfinished], 'idle')).toMatchObject({ record: unfinished, tookMs: 2_000 });
});

it('waits no longer than twice as long where the clock is put back meanwhile', async () => {
  expect(await settle([unfinished], 'idle', 1_000)).toMatchObject({ record: unfinished, tookMs: 3_000 });
});
