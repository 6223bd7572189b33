import type { Artifact, LiveRef, OutboundMessage, TranscriptEntry } from '@threadbridge/contract';
import type { ChatFile, ChatItem } from '../wire.ts';
import { trimView } from './trim-view.ts';

/** Where an item is. */
export interface Place {
  readonly chat: string;
  readonly key: string;
}

/** Something said, as the page shows it. */
export function toSaid(place: Place, at: number, message: OutboundMessage): Extract<ChatItem, { readonly type: 'said' }> {
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
      const { controls: _, ...said } = toSaid({ chat, key: entry.key }, entry.at, entry.message);
      return said;
    }
    case 'ended': {
      const id = viewOf(entry.ref);
      return id === undefined ? undefined : { type: 'run', id, at: entry.at, view: trimView(entry.view), isOpen: false };
    }
  }
}

/** The id of the item that a live view is; undefined where the ref is not of this channel. */
export function viewOf(ref: LiveRef): string | undefined {
  const view = typeof ref === 'object' && ref !== null && 'view' in ref ? ref.view : undefined;
  return typeof view === 'string' ? view : undefined;
}

function toChatFile({ name, sizeBytes, mediaType }: Artifact, href: string): ChatFile {
  return { name, sizeBytes, mediaType, href };
}
