import type { TerminalEvent, TurnId, Usage } from '@threadbridge/contract';
import type { Turn } from '../app-server/protocol.gen.ts';
import { maybe, seen } from './seen.ts';
import { toTurnError } from './to-turn-error.ts';

/** What a turn's own record of its end lacks. */
export interface TurnFacts {
  readonly turn: TurnId;
  /** The final answer among the completed items. */
  readonly text: string;
  readonly usage?: Usage | undefined;
  /** When a used-up limit resets, epoch ms. */
  readonly resetsAt?: number | undefined;
  /** We ended it because nothing came for so long. */
  readonly silentForMs?: number | undefined;
}

/** The one event that ends a run, from the `turn` of `turn/completed`. */
export function toTerminalEvent(value: unknown, facts: TurnFacts): TerminalEvent {
  const { status, error } = seen<Turn>(value);
  const { turn, text } = facts;
  switch (status as Turn['status'] | undefined) {
    case 'interrupted':
      return facts.silentForMs === undefined
        ? { type: 'turn.interrupted', turn, text }
        : { type: 'turn.failed', turn, text, error: { kind: 'unreachable', message: silence(facts.silentForMs) } };
    case 'failed':
      return { type: 'turn.failed', turn, text, error: toTurnError(error, facts.resetsAt) };
    default:
      return { type: 'turn.completed', turn, text, ...maybe('usage', facts.usage) };
  }
}

function silence(ms: number): string {
  return `Nothing came from the model for ${Math.round(ms / 1_000)} s; the turn was ended.`;
}
