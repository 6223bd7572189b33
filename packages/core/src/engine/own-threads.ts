import type { ThreadId, TurnId } from '@threadbridge/contract';
import type { Engine } from './engine.ts';

/** The agent keeps a thread to itself for longer than this after a run. */
const oursForMs = 60_000;

/** Remembers that a run of this process ended this turn; what is old is forgotten. */
export function rememberEnded({ ended, clock }: Engine, thread: ThreadId, turn: TurnId): void {
  const at = clock.now();
  ended.delete(thread);
  ended.set(thread, { turn, at });
  for (const [old, { at: endedAt }] of ended) {
    if (at - endedAt < oursForMs) return;
    ended.delete(old);
  }
}

/** Whether this turn is the last of the thread for certain: a run of ours has just ended it. */
export function isLastTurn({ ended, clock }: Engine, thread: ThreadId, turn: TurnId | undefined): boolean {
  const last = ended.get(thread);
  return last !== undefined && last.turn === turn && clock.now() - last.at < oursForMs;
}
