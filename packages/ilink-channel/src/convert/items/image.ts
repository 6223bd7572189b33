import { objectIn, textIn, type Wire } from '../../api/wire.ts';
import { toMediaRef } from '../../media/media-ref.ts';
import type { ItemContent } from './registry.ts';

export function fromImage(item: Wire): ItemContent {
  const image = objectIn(item, 'image_item');
  const ref = toMediaRef(objectIn(image, 'media'), { ownKey: textIn(image, 'aeskey'), mayBePlain: true });
  return ref === undefined ? {} : { attachment: { kind: 'image', ref } };
}
