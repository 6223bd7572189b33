import { objectIn, textIn, type Wire } from '../../api/wire.ts';
import { toMediaRef } from '../../media/media-ref.ts';
import type { ItemContent } from './registry.ts';

/** The number for the encoding was seen to be wrong; by its bytes it is SILK. */
export function fromVoice(item: Wire): ItemContent {
  const voice = objectIn(item, 'voice_item');
  const transcript = textIn(voice, 'text');
  const ref = toMediaRef(objectIn(voice, 'media'), {});
  if (ref === undefined) return transcript === undefined ? {} : { text: transcript };
  return { attachment: { kind: 'audio', mediaType: 'audio/silk', ...(transcript !== undefined && { transcript }), ref } };
}
