import { objectIn, type Wire } from '../../api/wire.ts';
import { toMediaRef } from '../../media/media-ref.ts';
import type { ItemContent } from './registry.ts';

export function fromVideo(item: Wire): ItemContent {
  const ref = toMediaRef(objectIn(objectIn(item, 'video_item'), 'media'), {});
  return ref === undefined ? {} : { attachment: { kind: 'video', mediaType: 'video/mp4', ref } };
}
