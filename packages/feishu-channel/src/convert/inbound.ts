import { listAt, numberAt, objectAt, textAt } from '../json.ts';
import type { ChatKind } from '../scope.ts';

/** Somebody named in a message; `key` is the placeholder in its text. */
export interface InboundMention {
  readonly key: string;
  readonly id: string;
  readonly name: string;
}

/** A message in one form, wherever it came from. */
export interface InboundMessage {
  readonly id: string;
  readonly chat: string;
  /** Unknown where a listing brought it. */
  readonly kind?: ChatKind;
  readonly topic?: string;
  readonly root?: string;
  readonly parent?: string;
  readonly type: string;
  /** JSON text. */
  readonly content: string;
  /** Epoch ms. */
  readonly at: number;
  readonly sender: { readonly id: string; readonly isBot: boolean };
  readonly mentions: readonly InboundMention[];
  /** The merged forward that it is part of. */
  readonly upper?: string;
  readonly isDeleted: boolean;
}

/** Reads `im.message.receive_v1` as the dispatcher hands it over; undefined where it names no message. */
export function fromEvent(data: unknown): InboundMessage | undefined {
  const message = objectAt(data, 'message');
  const sender = objectAt(data, 'sender');
  const id = textAt(message, 'message_id');
  const chat = textAt(message, 'chat_id');
  if (id === undefined || chat === undefined) return undefined;
  return {
    id,
    chat,
    kind: textAt(message, 'chat_type') === 'p2p' ? 'private' : 'group',
    ...places(message),
    type: textAt(message, 'message_type') ?? 'unknown',
    content: textAt(message, 'content') ?? '{}',
    at: numberAt(message, 'create_time') ?? numberAt(data, 'create_time') ?? 0,
    sender: {
      id: textAt(objectAt(sender, 'sender_id'), 'open_id') ?? textAt(objectAt(sender, 'sender_id'), 'user_id') ?? 'unknown',
      isBot: textAt(sender, 'sender_type') !== 'user',
    },
    mentions: listAt(message, 'mentions').flatMap((one) => mention(one, textAt(objectAt(one, 'id'), 'open_id'))),
    isDeleted: false,
  };
}

/** Reads an item of `message.get` or `message.list`. */
export function fromItem(item: unknown, kind?: ChatKind): InboundMessage | undefined {
  const id = textAt(item, 'message_id');
  const chat = textAt(item, 'chat_id');
  if (id === undefined || chat === undefined) return undefined;
  const sender = objectAt(item, 'sender');
  const upper = textAt(item, 'upper_message_id');
  return {
    id,
    chat,
    ...(kind !== undefined && { kind }),
    ...places(item),
    type: textAt(item, 'msg_type') ?? 'unknown',
    content: textAt(objectAt(item, 'body'), 'content') ?? '{}',
    at: numberAt(item, 'create_time') ?? 0,
    sender: { id: textAt(sender, 'id') ?? 'unknown', isBot: textAt(sender, 'sender_type') !== 'user' },
    mentions: listAt(item, 'mentions').flatMap((one) => mention(one, textAt(one, 'id'))),
    ...(upper !== undefined && { upper }),
    isDeleted: typeof item === 'object' && item !== null && 'deleted' in item && item.deleted === true,
  };
}

function places(message: unknown): Pick<InboundMessage, 'topic' | 'root' | 'parent'> {
  const topic = textAt(message, 'thread_id');
  const root = textAt(message, 'root_id');
  const parent = textAt(message, 'parent_id');
  return {
    ...(topic !== undefined && { topic }),
    ...(root !== undefined && { root }),
    ...(parent !== undefined && { parent }),
  };
}

function mention(one: unknown, id: string | undefined): readonly InboundMention[] {
  const key = textAt(one, 'key');
  return key === undefined ? [] : [{ key, id: id ?? '', name: textAt(one, 'name') ?? '' }];
}
