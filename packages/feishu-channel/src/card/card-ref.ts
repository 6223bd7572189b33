import { GatewayError, type LiveRef } from '@threadbridge/contract';
import { isObject, numberAt, textAt } from '../json.ts';
import type { PostTarget } from '../send/post-message.ts';

/** Cards can be changed for fourteen days. */
export const cardLifeMs = 13.5 * 24 * 3_600_000;

/** A card of ours, in all that is needed to change it from anywhere. */
export interface CardRef {
  /** Absent where the platform would not name it; then the message is replaced as a whole. */
  readonly card?: string;
  readonly message: string;
  /** Epoch ms on the platform's clock. */
  readonly at: number;
  /** How many cards this run has had before. */
  readonly moves: number;
  readonly key: string;
  readonly to: PostTarget;
}

export function writeRef(ref: CardRef): LiveRef {
  return { ...ref } as unknown as LiveRef;
}

/** Throws `channel.target_gone`, certain, where it is no ref of ours. */
export function readRef(value: LiveRef): CardRef {
  const message = textAt(value, 'message');
  if (message !== undefined && isObject(value) && isObject(value.to))
    return { ...(value as unknown as CardRef), at: numberAt(value, 'at') ?? 0 };
  throw new GatewayError('channel.target_gone', 'This is no run card of Feishu.', { certain: true });
}
