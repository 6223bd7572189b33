import { emitKeypressEvents } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { type Draft, editLine, emptyDraft, type Key, type Wish } from './edit-line.ts';

export interface KeyboardOptions {
  readonly input: ReadStream;
  /** Writes to the terminal, for switching its modes. */
  readonly write: (text: string) => void;
  readonly onDraft: (draft: Draft) => void;
  readonly onWish: (wish: Wish) => void;
}

const pasteMarksOn = '\u001b[?2004h';
const pasteMarksOff = '\u001b[?2004l\u001b[?25h';

/** Turns keys into drafts and wishes. Answers with the way to give the terminal back. */
export function openKeyboard({ input, write, onDraft, onWish }: KeyboardOptions): () => void {
  let draft = emptyDraft;
  const onKey = (typed: string | undefined, key: Key) => {
    const edited = editLine(draft, { ...key, sequence: key.sequence ?? typed });
    if (edited.draft !== draft) {
      draft = edited.draft;
      onDraft(draft);
    }
    if (edited.wish !== undefined) onWish(edited.wish);
  };
  const giveBack = () => write(pasteMarksOff);
  emitKeypressEvents(input);
  input.setRawMode(true);
  input.on('keypress', onKey);
  input.resume();
  write(pasteMarksOn);
  process.once('exit', giveBack);
  onDraft(draft);
  return () => {
    process.off('exit', giveBack);
    input.off('keypress', onKey);
    input.setRawMode(false);
    input.pause();
    giveBack();
  };
}
