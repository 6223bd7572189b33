import type { Clock, ThreadId } from '@threadbridge/contract';
import { count, seen } from '../convert/seen.ts';
import { startStopwatch } from '../stopwatch.ts';
import type { Client } from './client.ts';
import type { Thread, ThreadStatus, Turn } from './protocol.gen.ts';

/** Milliseconds are usual; a machine with much to do takes longer. */
const settleMs = 2_000;
const pauseMs = 20;

export interface SettledTurnOptions<Found> {
  readonly clock: Clock;
  readonly client: Client;
  readonly thread: ThreadId;
  readonly read: () => Promise<Found>;
  /** The turn as Codex gave it. */
  readonly recordOf: (found: Found) => unknown;
}

/**
 * Reads a turn until its record has caught up with it. Codex tells that a thread is idle before the end of its turn is on record, and a turn
 * that is over without an end on record reads `interrupted`. One whose process died reads the same for good; its thread is not loaded, or
 * the time runs out.
 */
export async function readSettled<Found>(options: SettledTurnOptions<Found>): Promise<Found> {
  const { clock, client, thread, read, recordOf } = options;
  const elapsedMs = startStopwatch(clock);
  for (;;) {
    const found = await read();
    if (!hasNoEnd(recordOf(found)) || elapsedMs() >= settleMs || !(await isLoaded(client, thread))) return found;
    await clock.sleep(pauseMs);
  }
}

/** An interrupt that was asked for is on record with its time. */
function hasNoEnd(record: unknown): boolean {
  const { status, completedAt } = seen<Turn>(record);
  return status === 'interrupted' && count(completedAt) === undefined;
}

async function isLoaded(client: Client, thread: ThreadId): Promise<boolean> {
  const { thread: known } = await client.call('thread/read', { threadId: thread });
  const { type } = seen<ThreadStatus>(seen<Thread>(known).status);
  return (type as ThreadStatus['type'] | undefined) !== 'notLoaded';
}
