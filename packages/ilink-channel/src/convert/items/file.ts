import { numberIn, objectIn, textIn, type Wire } from '../../api/wire.ts';
import { toMediaRef } from '../../media/media-ref.ts';
import type { ItemContent } from './registry.ts';

export function fromFile(item: Wire): ItemContent {
  const file = objectIn(item, 'file_item');
  const name = textIn(file, 'file_name');
  const sizeBytes = numberIn(file, 'len');
  const ref = toMediaRef(objectIn(file, 'media'), { sizeBytes });
  if (ref === undefined) return {};
  return {
    attachment: { kind: 'file', ...(name !== undefined && { name }), ...(sizeBytes !== undefined && { sizeBytes }), ref },
  };
}
