import { asId, type TurnDetail, type TurnRecord } from '@threadbridge/contract';
import type { Turn, TurnError } from '../app-server/protocol.gen.ts';
import { count, isObject, list, maybe, seen, text, words } from './seen.ts';
import { toFinalText } from './to-final-text.ts';
import { toRunItem } from './to-run-item.ts';
import { toTurnError } from './to-turn-error.ts';

export function toTurnRecord(value: unknown): TurnRecord {
  const turn = seen<Turn>(value);
  return {
    turn: asId(words(turn.id)),
    status: toStatus(turn.status),
    text: toFinalText(toItems(value)),
    ...maybe('error', text(seen<TurnError>(turn.error).message)),
    ...(isObject(turn.error) && { errorKind: toTurnError(turn.error).kind }),
    ...maybe('endedAt', toEpochMs(turn.completedAt)),
  };
}

export function toTurnDetail(value: unknown): TurnDetail {
  const turn = seen<Turn>(value);
  return {
    ...toTurnRecord(value),
    items: toItems(value),
    ...maybe('startedAt', toEpochMs(turn.startedAt)),
  };
}

/** Codex counts these in seconds. */
function toEpochMs(value: unknown): number | undefined {
  const seconds = count(value);
  return seconds === undefined ? undefined : seconds * 1_000;
}

/** Whether one of the user's messages of this turn carries the key. */
export function hasKey(turn: unknown, key: string): boolean {
  return toItems(turn).some((item) => item.type === 'user.message' && item.clientKey === key);
}

function toItems(turn: unknown) {
  return list(seen<Turn>(turn).items).map((item) => toRunItem(item, 'completed'));
}

function toStatus(status: unknown): TurnRecord['status'] {
  switch (status as Turn['status'] | undefined) {
    case 'completed':
    case 'failed':
    case 'interrupted':
      return status as TurnRecord['status'];
    default:
      return 'inProgress';
  }
}
