import type { Artifact, LiveRef, OutboundMessage, TranscriptEntry } from '@threadbridge/contract';
import type { ChatFile, ChatItem } from '../wire.ts';
import { trimView } from './trim-view.ts';

/** Where an item is. */
export interface Place {
  readonly chat: string;
  readonly key: string;
}

export type Said = Extract<ChatItem, { readonly type: 'said' }>;
export type Run = Extract<ChatItem, { readonly type: 'run' }>;

/** Something said, as the page shows it. */
export function toSaid(place: Place, at: number, message: OutboundMessage): Said {
  const { chat, key } = place;
  const { markdown, title, files = [], actions, choices, form } = message;
  const hasControls = actions !== undefined || choices !== undefined || form !== undefined;
  return {
    ...{ type: 'said', id: key, at, markdown },
    files: files.map((file, index) => toChatFile(file, `api/chats/${chat}/files/${encodeURIComponent(key)}/${index}`)),
    ...(title !== undefined && { title }),
    ...(hasControls && { controls: { ...(actions && { actions }), ...(choices && { choices }), ...(form && { form }) } }),
  };
}

/** What the store remembers of a chat, as the page shows it; undefined where it is none of ours. */
export function fromTranscript(chat: string, entry: TranscriptEntry): ChatItem | undefined {
  switch (entry.type) {
    case 'received': {
      const files = entry.files.map((name) => ({ name, sizeBytes: 0, mediaType: '' }));
      return { type: 'mine', id: entry.event, at: entry.at, text: entry.text, files };
    }
    case 'sent': {
      // What could be pressed then may be closed by now; the page that shows it live knows.
      return withoutControls(toSaid({ chat, key: entry.key }, entry.at, entry.message));
    }
    case 'ended': {
      const { at, ref, view, controls } = entry;
      const id = viewOf(ref);
      if (id === undefined) return undefined;
      return { type: 'run', id, at, view: trimView(view), isOpen: false, ...(controls && { controls }) };
    }
  }
}

/** The item once nothing may be done with it any more. */
export function withoutControls<Item extends Said | Run>({ controls: _, ...item }: Item): Omit<Item, 'controls'> {
  return item;
}

/** The id of the item that a live view is; undefined where the ref is not of this channel. */
export function viewOf(ref: LiveRef): string | undefined {
  const view = typeof ref === 'object' && ref !== null && 'view' in ref ? ref.view : undefined;
  return typeof view === 'string' ? view : undefined;
}

function toChatFile({ name, sizeBytes, mediaType }: Artifact, href: string): ChatFile {
  return { name, sizeBytes, mediaType, href };
}
