import { asId, type EventId, type MessageId, type MessageRecalled } from '@threadbridge/contract';
import { numberAt, textAt } from '../json.ts';
import { toScope, writeReply } from '../scope.ts';
import type { ConvertOptions } from './to-event.ts';

/** `im.message.recalled_v1`: it names neither the topic nor who did it. */
export async function fromRecall(
  data: unknown,
  { channel, lookups, signal }: ConvertOptions,
): Promise<MessageRecalled | undefined> {
  const id = textAt(data, 'message_id');
  const chat = textAt(data, 'chat_id');
  if (id === undefined || chat === undefined) return undefined;
  const place = await lookups.placeOf(id, signal);
  const kind = place?.kind ?? (await lookups.chat(chat, signal))?.kind ?? 'group';
  const where = { type: 'chat', chat, ...(place?.topic !== undefined && { topic: place.topic }) } as const;
  return {
    type: 'message.recalled',
    id: asId<EventId>(`recall/${id}`),
    message: asId<MessageId>(id),
    scope: toScope(channel, where, { kind }),
    reply: writeReply({}),
    at: numberAt(data, 'recall_time') ?? numberAt(data, 'create_time') ?? 0,
  };
}
