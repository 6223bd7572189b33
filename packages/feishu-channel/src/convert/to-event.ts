import {
  actorId,
  asId,
  type ChannelId,
  type EventId,
  type MessageId,
  type MessageReceived,
  type Quote,
} from '@threadbridge/contract';
import type { Lookups } from '../receive/lookups.ts';
import { toScope, writeReply } from '../scope.ts';
import { convertContent } from './content/registry.ts';
import type { InboundMessage } from './inbound.ts';
import { isMentioned } from './mentions.ts';

export interface ConvertOptions {
  readonly channel: ChannelId;
  readonly bot: string;
  readonly appId: string;
  readonly lookups: Lookups;
  readonly signal: AbortSignal;
}

const maxQuote = 4_000;

/** A message of somebody as an event; undefined for our own. What its event leaves open is asked for; trouble leaves it out. */
export async function toEvent(inbound: InboundMessage, options: ConvertOptions): Promise<MessageReceived | undefined> {
  const { channel, bot, appId, lookups, signal } = options;
  if (inbound.sender.id === bot || inbound.sender.id === appId || inbound.isDeleted) return undefined;
  const facts = await lookups.chat(inbound.chat, signal);
  const kind = inbound.kind ?? facts?.kind ?? 'group';
  const topic = inbound.topic ?? (await missingTopic(inbound, facts?.isTopical ?? false, kind, options));
  lookups.places.set(inbound.id, { chat: inbound.chat, kind, ...(topic !== undefined && { topic }) });
  const children =
    inbound.type === 'merge_forward'
      ? (await lookups.message(inbound.id, signal))?.filter((one) => one.upper === inbound.id)
      : undefined;
  const { text, attachments } = convertContent(inbound, { bot, children });
  // Inside a topic the parent is its first message and no quotation.
  const quote = topic === undefined && inbound.parent !== undefined ? await readQuote(inbound.parent, options) : undefined;
  const place = { type: 'chat', chat: inbound.chat, ...(topic !== undefined && { topic }) } as const;
  return {
    type: 'message.received',
    id: asId<EventId>(`message/${inbound.id}`),
    message: asId<MessageId>(inbound.id),
    scope: toScope(channel, place, { kind, title: facts?.title }),
    actor: { id: actorId(channel, inbound.sender.id), ...(inbound.sender.isBot && { isBot: true }) },
    text,
    attachments,
    ...(quote !== undefined && { quote }),
    isAddressed: kind === 'private' || isMentioned(inbound.mentions, bot),
    reply: writeReply({ message: inbound.id }),
    at: inbound.at,
  };
}

/** Some events of topics do not name it: replies, and everything in topic groups. */
async function missingTopic(
  inbound: InboundMessage,
  isTopical: boolean,
  kind: 'private' | 'group',
  { lookups, signal }: ConvertOptions,
): Promise<string | undefined> {
  if (kind === 'private' || !(isTopical || inbound.root !== undefined || inbound.parent !== undefined)) return undefined;
  const found = (await lookups.message(inbound.id, signal))?.find((one) => one.id === inbound.id);
  return found?.topic;
}

/** The quoted message. Its files are somebody else's and stay where they are; when it cannot be read, its id says that there was one. */
async function readQuote(id: string, { lookups, bot, channel, signal }: ConvertOptions): Promise<Quote> {
  const items = await lookups.message(id, signal);
  const quoted = items?.find((one) => one.id === id);
  if (quoted === undefined) return { id: asId<MessageId>(id) };
  const children = items?.filter((one) => one.upper === id);
  const { text, attachments } = convertContent(quoted, { bot, children });
  const files = attachments.map((one) => `[${one.kind}${one.name === undefined ? '' : ` ${one.name}`}]`);
  const words = [text, ...files].filter((part) => part !== '').join('\n');
  return { id: asId<MessageId>(id), author: actorId(channel, quoted.sender.id), text: cut(words) };
}

function cut(text: string): string {
  const characters = Array.from(text);
  return characters.length <= maxQuote ? text : `${characters.slice(0, maxQuote).join('')}…`;
}
