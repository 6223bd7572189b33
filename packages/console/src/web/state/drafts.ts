import { type Signal, signal } from '@preact/signals';

/** A file that was uploaded for a message. */
export interface DraftFile {
  readonly file: File;
  readonly id: string;
}

/** What was written in a chat and not sent yet. It stays while another chat or page is looked at, until the page is loaded anew. */
export interface Draft {
  readonly text: Signal<string>;
  readonly files: Signal<readonly DraftFile[]>;
}

const drafts = new Map<string, Draft>();

export function draftOf(chat: string): Draft {
  const known = drafts.get(chat) ?? { text: signal(''), files: signal<readonly DraftFile[]>([]) };
  drafts.set(chat, known);
  return known;
}
