import type { GatewayView, PageQuery } from '@threadbridge/contract';
import type { ConsoleChannel } from '../console-channel.ts';
import type { ChatItem, ChatPage } from '../wire.ts';
import type { ChatLog } from './chat-log.ts';
import { fromTranscript, withoutControls } from './to-chat-item.ts';

/** A part of a chat: what the store remembers, and where this process knows more, that. */
export async function readChat(
  chat: string,
  query: PageQuery,
  { channel, log, view }: { readonly channel: ConsoleChannel; readonly log: ChatLog; readonly view: GatewayView },
): Promise<ChatPage> {
  const { entries, before } = await view.transcript(channel.scopeOf(chat).id, query);
  const known = log.items(chat);
  const hasLaterRun = known.some(({ type }) => type === 'run');
  const stored = entries
    .flatMap((entry) => fromTranscript(chat, entry) ?? [])
    .map((item): ChatItem => (item.type === 'run' && hasLaterRun ? withoutControls(item) : item))
    .reverse();
  // What an end of another process still offers is pressed, and over, like one that this process showed.
  for (const item of stored) if (item.type === 'run' && item.controls !== undefined) log.put(chat, item);
  const items = query.before === undefined ? merge(stored, known) : stored.filter((item) => !known.some(sameAs(item)));
  return { items, ...(before !== undefined && { before }) };
}

function merge(stored: readonly ChatItem[], known: readonly ChatItem[]): readonly ChatItem[] {
  return [...stored.filter((item) => !known.some(sameAs(item))), ...known].sort((a, b) => a.at - b.at);
}

function sameAs(item: ChatItem): (other: ChatItem) => boolean {
  return (other) => other.id === item.id;
}
