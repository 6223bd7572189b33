import { actorId, asId, type ChannelId, type EventId, type MessageId, type MessageReceived } from '@threadbridge/contract';
import { idIn, listIn, numberIn, textIn, type Wire } from '../api/wire.ts';
import { toReply } from '../reply.ts';
import { toScope } from '../scope.ts';
import { toEventId } from './event-id.ts';
import { findQuote } from './items/quote.ts';
import { fromItem } from './items/registry.ts';

export interface ToEventContext {
  readonly channel: ChannelId;
  /** The bot; its own messages are no events. */
  readonly accountId: string;
  /** Names the login, see {@link loginName}. */
  readonly login: string;
  /** For messages that do not say when they were written. */
  readonly now: number;
  /** By how much our clock is ahead of the service's, ms. */
  readonly leadMs: number;
}

/** `message_type` of a bot's own message. */
const fromBot = 2;

/** A message as an event. Undefined for the bot's own, and for one without a sender. Never throws. */
export function toEvent(message: Wire, context: ToEventContext): MessageReceived | undefined {
  const { channel, accountId, login, now, leadMs } = context;
  const from = textIn(message, 'from_user_id');
  if (from === undefined || from === accountId || message.message_type === fromBot) return undefined;
  const items = listIn(message, 'item_list');
  const contents = items.map(fromItem);
  const own = contents.map((content) => content.attachment).filter((attachment) => attachment !== undefined);
  const quoted = findQuote(items);
  const id = idIn(message, 'message_id');
  const group = textIn(message, 'group_id');
  const writtenAt = numberIn(message, 'create_time_ms');
  return {
    type: 'message.received',
    id: asId<EventId>(toEventId(message)),
    scope: toScope(channel, from, group),
    actor: { id: actorId(channel, from) },
    reply: toReply(textIn(message, 'context_token'), login),
    at: writtenAt === undefined ? now : writtenAt + leadMs,
    text: contents
      .map((content) => content.text)
      .filter((text) => text !== undefined)
      .join('\n'),
    attachments: own.length === 0 && quoted !== undefined ? quoted.attachments : own,
    ...(quoted !== undefined && { quote: quoted.quote }),
    ...(id !== undefined && { message: asId<MessageId>(id) }),
    isAddressed: group === undefined,
  };
}
