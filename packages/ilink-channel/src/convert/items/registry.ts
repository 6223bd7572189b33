import type { Attachment } from '@threadbridge/contract';
import type { Wire } from '../../api/wire.ts';
import { fromFile } from './file.ts';
import { fromImage } from './image.ts';
import { fromText } from './text.ts';
import { fromVideo } from './video.ts';
import { fromVoice } from './voice.ts';

/** What one item says. Both absent: nothing that is understood here. */
export interface ItemContent {
  readonly text?: string;
  readonly attachment?: Attachment;
}

const byType: ReadonlyMap<unknown, (item: Wire) => ItemContent> = new Map([
  [1, fromText],
  [2, fromImage],
  [3, fromVoice],
  [4, fromFile],
  [5, fromVideo],
]);

/** Never throws; a type that nobody knows has no content. */
export function fromItem(item: Wire): ItemContent {
  return byType.get(item.type)?.(item) ?? {};
}
