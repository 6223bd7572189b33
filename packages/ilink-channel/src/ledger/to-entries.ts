import { asId, type Channel, type EffectKey, type OutboundMessage } from '@threadbridge/contract';
import type { SayOptions } from './delivery-ledger.ts';
import type { Entry } from './ledger-state.ts';

/** What the service takes as one message each: the parts of the text, and every file. */
export function toEntries(
  message: OutboundMessage,
  { key, purpose = 'reply', slot, expiresAt }: SayOptions,
  channel: Channel,
): readonly Entry[] {
  const texts = message.markdown.trim() === '' ? [] : channel.split(message.markdown);
  const messages: readonly OutboundMessage[] = [
    ...texts.map((markdown) => ({ markdown })),
    ...(message.files ?? []).map((file) => ({ markdown: '', files: [file] })),
  ];
  const own = slot ?? (purpose === 'progress' ? 'progress' : undefined);
  return messages.map((part, index) => ({
    key: asId<EffectKey>(index === 0 ? key : `${key}/${index + 1}`),
    message: part,
    purpose,
    ...(own !== undefined && { slot: own }),
    ...(expiresAt !== undefined && { expiresAt }),
  }));
}

/** The message with a word about what waits, where there is room for it. */
export function withNote(message: OutboundMessage, note: string, channel: Channel): OutboundMessage {
  const markdown = message.markdown === '' ? '' : `${message.markdown}\n\n${note}`;
  const { max, unit } = channel.limits.text;
  const size = unit === 'bytes' ? Buffer.byteLength(markdown) : Array.from(markdown).length;
  return markdown === '' || size > max ? message : { ...message, markdown };
}
