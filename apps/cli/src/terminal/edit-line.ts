import { plainText } from './plain-text.ts';
import { graphemes } from './text-width.ts';

/** A key as `node:readline` reports it. */
export interface Key {
  readonly sequence?: string | undefined;
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
  readonly shift?: boolean | undefined;
}

/** What is being typed. */
export interface Draft {
  readonly text: string;
  /** Position in `text` at which the next character goes in; never inside a character. */
  readonly cursor: number;
  /** Sent before, oldest first. */
  readonly history: readonly string[];
  /** Which of `history` is being looked at; absent: none. */
  readonly looking?: number;
  /** What was typed before looking at the history. */
  readonly kept: string;
  /** Between the marks of a bracketed paste, where Enter is a line end. */
  readonly isPasting: boolean;
}

/** What a key asks for beyond editing. */
export type Wish = { readonly type: 'send'; readonly text: string } | { readonly type: 'interrupt' | 'leave' | 'clearScreen' };

export interface Edited {
  readonly draft: Draft;
  readonly wish?: Wish;
}

export const emptyDraft: Draft = { text: '', cursor: 0, history: [], kept: '', isPasting: false };

const historyLength = 200;

/** The draft after one key. Pure. Enter sends; Alt-Enter, a backslash before Enter, and Enter inside a paste begin a new line. */
export function editLine(draft: Draft, key: Key): Edited {
  if (key.name === 'paste-start') return { draft: { ...draft, isPasting: true } };
  if (key.name === 'paste-end') return { draft: { ...draft, isPasting: false } };
  const isEnter = key.name === 'return' || key.name === 'enter';
  if (draft.isPasting) return { draft: insert(draft, isEnter ? '\n' : (key.sequence ?? '')) };
  if (isEnter) return enter(draft, key);
  if (key.ctrl) return control(draft, key);
  switch (key.name) {
    case 'backspace':
      return { draft: remove(draft, key.meta ? wordBefore(draft) : before(draft), draft.cursor) };
    case 'delete':
      return { draft: remove(draft, draft.cursor, after(draft)) };
    case 'left':
      return { draft: { ...draft, cursor: key.meta ? wordBefore(draft) : before(draft) } };
    case 'right':
      return { draft: { ...draft, cursor: key.meta ? wordAfter(draft) : after(draft) } };
    case 'home':
      return { draft: { ...draft, cursor: lineStart(draft) } };
    case 'end':
      return { draft: { ...draft, cursor: lineEnd(draft) } };
    case 'up':
      return { draft: up(draft) };
    case 'down':
      return { draft: down(draft) };
    case 'tab':
      return { draft };
  }
  if (key.meta && key.name === 'b') return { draft: { ...draft, cursor: wordBefore(draft) } };
  if (key.meta && key.name === 'f') return { draft: { ...draft, cursor: wordAfter(draft) } };
  // Unknown function keys carry their escape sequence, which is nothing that a person typed.
  if (key.meta || key.sequence === undefined || key.sequence.startsWith('\u001b')) return { draft };
  return { draft: insert(draft, key.sequence) };
}

function enter(draft: Draft, key: Key): Edited {
  if (key.meta) return { draft: insert(draft, '\n') };
  if (draft.text[draft.cursor - 1] === '\\') return { draft: insert(remove(draft, draft.cursor - 1, draft.cursor), '\n') };
  const text = draft.text.trimEnd();
  if (text.trim() === '') return { draft: { ...emptyDraft, history: draft.history } };
  const history = draft.history.at(-1) === text ? draft.history : [...draft.history, text].slice(-historyLength);
  return { draft: { ...emptyDraft, history }, wish: { type: 'send', text } };
}

function control(draft: Draft, key: Key): Edited {
  switch (key.name) {
    case 'c':
      return draft.text === '' ? { draft, wish: { type: 'interrupt' } } : { draft: { ...emptyDraft, history: draft.history } };
    case 'd':
      return draft.text === '' ? { draft, wish: { type: 'leave' } } : { draft: remove(draft, draft.cursor, after(draft)) };
    case 'l':
      return { draft, wish: { type: 'clearScreen' } };
    case 'a':
      return { draft: { ...draft, cursor: lineStart(draft) } };
    case 'e':
      return { draft: { ...draft, cursor: lineEnd(draft) } };
    case 'b':
      return { draft: { ...draft, cursor: before(draft) } };
    case 'f':
      return { draft: { ...draft, cursor: after(draft) } };
    case 'h':
      return { draft: remove(draft, before(draft), draft.cursor) };
    case 'j':
      return { draft: insert(draft, '\n') };
    case 'k':
      return { draft: remove(draft, draft.cursor, lineEnd(draft)) };
    case 'u':
      return { draft: remove(draft, lineStart(draft), draft.cursor) };
    case 'w':
      return { draft: remove(draft, wordBefore(draft), draft.cursor) };
    case 'p':
      return { draft: up(draft) };
    case 'n':
      return { draft: down(draft) };
    case 'left':
      return { draft: { ...draft, cursor: wordBefore(draft) } };
    case 'right':
      return { draft: { ...draft, cursor: wordAfter(draft) } };
    default:
      return { draft };
  }
}

function insert(draft: Draft, typed: string): Draft {
  const text = plainText(typed.replaceAll('\r', '\n')).replaceAll('\t', '    ');
  return {
    ...draft,
    text: draft.text.slice(0, draft.cursor) + text + draft.text.slice(draft.cursor),
    cursor: draft.cursor + text.length,
  };
}

function remove(draft: Draft, from: number, to: number): Draft {
  return { ...draft, text: draft.text.slice(0, from) + draft.text.slice(to), cursor: from };
}

function before({ text, cursor }: Draft): number {
  return cursor - (graphemes(text.slice(0, cursor)).at(-1)?.length ?? 0);
}

function after({ text, cursor }: Draft): number {
  return cursor + (graphemes(text.slice(cursor))[0]?.length ?? 0);
}

function wordBefore({ text, cursor }: Draft): number {
  return text.slice(0, cursor).replace(/\S+\s*$|\s+$/, '').length;
}

function wordAfter({ text, cursor }: Draft): number {
  return cursor + (/^\s*\S+/.exec(text.slice(cursor))?.[0].length ?? text.length - cursor);
}

function lineStart({ text, cursor }: Draft): number {
  return cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
}

function lineEnd({ text, cursor }: Draft): number {
  const end = text.indexOf('\n', cursor);
  return end === -1 ? text.length : end;
}

function up(draft: Draft): Draft {
  const start = lineStart(draft);
  if (start === 0) return look(draft, (draft.looking ?? draft.history.length) - 1);
  const above = lineStart({ ...draft, cursor: start - 1 });
  return { ...draft, cursor: Math.min(above + (draft.cursor - start), start - 1) };
}

function down(draft: Draft): Draft {
  const end = lineEnd(draft);
  if (end === draft.text.length) return draft.looking === undefined ? draft : look(draft, draft.looking + 1);
  const column = draft.cursor - lineStart(draft);
  return { ...draft, cursor: Math.min(end + 1 + column, lineEnd({ ...draft, cursor: end + 1 })) };
}

function look(draft: Draft, at: number): Draft {
  if (at < 0) return draft;
  const { looking, ...rest } = draft;
  const kept = looking === undefined ? draft.text : draft.kept;
  const text = draft.history[at];
  return text === undefined
    ? { ...rest, text: kept, cursor: kept.length, kept }
    : { ...rest, text, cursor: text.length, looking: at, kept };
}
