import type { JsonObject } from '../model/json.ts';
import { isStreaming } from './cards.ts';
import { readMessage } from './messages.ts';
import type { StoredCard, StoredMessage, World } from './world.ts';

/** A message of the bot as people see it now. */
export interface ShownFeishuMessage {
  readonly id: string;
  readonly chat: string;
  readonly topic: string | undefined;
  readonly replyTo: string | undefined;
  readonly type: string;
  /** What can be read of it. */
  readonly text: string;
  /** The card, as it stands after all updates. */
  readonly card: JsonObject | undefined;
  readonly isDeleted: boolean;
  readonly at: number;
}

/** A card entity as it stands now. */
export interface ShownFeishuCard {
  readonly id: string;
  readonly message: string | undefined;
  readonly json: JsonObject;
  /** The chat list shows "generating". */
  readonly isStreaming: boolean;
  readonly summary: string;
  readonly sequence: number;
  readonly operations: readonly { readonly operation: string; readonly sequence: number; readonly at: number }[];
}

export function showMessage(world: World, message: StoredMessage): ShownFeishuMessage {
  const entity = message.card === undefined ? undefined : world.cards.get(message.card)?.json;
  return {
    id: message.id,
    chat: message.chat,
    topic: message.thread,
    replyTo: message.parent,
    type: message.type,
    text: readMessage(world, message),
    card: message.type === 'interactive' ? (entity ?? (JSON.parse(message.content) as JsonObject)) : undefined,
    isDeleted: message.isDeleted,
    at: message.at,
  };
}

export function showCard(world: World, card: StoredCard): ShownFeishuCard {
  return {
    id: card.id,
    message: card.message,
    json: card.json,
    isStreaming: isStreaming(world, card),
    summary: card.summary,
    sequence: card.sequence,
    operations: card.operations,
  };
}
