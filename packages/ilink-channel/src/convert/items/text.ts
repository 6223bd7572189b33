import { objectIn, textIn, type Wire } from '../../api/wire.ts';
import type { ItemContent } from './registry.ts';

export function fromText(item: Wire): ItemContent {
  const text = textIn(objectIn(item, 'text_item'), 'text');
  return text === undefined ? {} : { text };
}
