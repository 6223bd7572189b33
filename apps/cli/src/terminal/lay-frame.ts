import { duration } from './duration.ts';
import { type Line, paint, type Span, wrapSpans } from './spans.ts';
import type { Status } from './surface.ts';
import { graphemes, graphemeWidth, textWidth } from './text-width.ts';

/** What stands below the printed lines and is drawn anew at every change. */
export interface Frame {
  readonly tail: readonly Line[];
  readonly status?: Status | undefined;
  readonly input?: { readonly text: string; readonly cursor: number } | undefined;
}

export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
  readonly now: number;
  readonly hasColours: boolean;
}

export interface LaidFrame {
  /** Rows to write, none wider than the terminal. */
  readonly rows: readonly string[];
  /** Columns that each row takes. */
  readonly widths: readonly number[];
  readonly cursorRow: number;
  readonly cursorColumn: number;
}

const prompt = '› ';
const promptWidth = 2;
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Rows of a frame and where the cursor belongs. The last column stays free, because terminals disagree on what happens there. Pure. */
export function layFrame(frame: Frame, size: FrameSize): LaidFrame {
  const width = Math.max(10, size.columns - 1);
  const typed = frame.input === undefined ? undefined : layInput(frame.input, width, Math.max(1, size.rows - 2));
  const status = frame.status === undefined ? [] : [cut(statusSpans(frame.status, size.now), width)];
  const room = Math.max(0, size.rows - 1 - status.length - (typed?.rows.length ?? 1));
  const tail = frame.tail.flatMap((line) => wrapSpans(line.spans, width, line.hang)).slice(-room || frame.tail.length);
  const shown = room === 0 ? [] : tail;
  const input = typed?.rows.map((text, at): readonly Span[] => [
    { text: at === 0 && typed.isFromStart ? prompt : ' '.repeat(promptWidth), style: 'bold' },
    { text },
  ]);
  const rows = [...shown, ...status, ...(input ?? [[]])];
  const top = shown.length + status.length;
  return {
    rows: rows.map((spans) => paint(spans, size.hasColours)),
    widths: rows.map((spans) => spans.reduce((sum, span) => sum + textWidth(span.text), 0)),
    cursorRow: top + (typed?.cursorRow ?? 0),
    cursorColumn: typed === undefined ? 0 : promptWidth + typed.cursorColumn,
  };
}

function statusSpans({ text, since }: Status, now: number): readonly Span[] {
  const mark = spinner[Math.floor(now / 100) % spinner.length] ?? '';
  return [
    { text: `${mark} `, style: 'cyan' },
    { text: `${text} · ${duration(now - since)}`, style: 'dim' },
  ];
}

function cut(spans: readonly Span[], width: number): readonly Span[] {
  const rows = wrapSpans([{ text: spans.map((span) => span.text).join('') }], width);
  if (rows.length <= 1) return spans;
  const [first = { text: '' }, ...rest] = spans;
  let left = width - textWidth(first.text) - 1;
  let text = '';
  for (const grapheme of graphemes(rest.map((span) => span.text).join(''))) {
    left -= graphemeWidth(grapheme);
    if (left < 0) break;
    text += grapheme;
  }
  return [first, { ...rest[0], text: `${text}…` }];
}

interface LaidInput {
  readonly rows: readonly string[];
  readonly cursorRow: number;
  readonly cursorColumn: number;
  /** The first row of the input is among them. */
  readonly isFromStart: boolean;
}

/** Rows of what is being typed, at most `height` of them around the cursor. */
function layInput(input: { readonly text: string; readonly cursor: number }, width: number, height: number): LaidInput {
  const room = width - promptWidth;
  const rows = [''];
  let used = 0;
  let at = 0;
  let cursor = { row: 0, column: 0 };
  for (const grapheme of graphemes(input.text)) {
    if (at === input.cursor) cursor = { row: rows.length - 1, column: used };
    at += grapheme.length;
    const columns = graphemeWidth(grapheme);
    if (grapheme === '\n' || used + columns > room) {
      rows.push('');
      used = 0;
    }
    if (grapheme === '\n') continue;
    if (at - grapheme.length === input.cursor) cursor = { row: rows.length - 1, column: used };
    rows[rows.length - 1] += grapheme;
    used += columns;
  }
  if (input.cursor >= at) cursor = { row: rows.length - 1, column: used };
  const from = Math.max(0, Math.min(cursor.row - Math.floor(height / 2), rows.length - height));
  return {
    rows: rows.slice(from, from + height),
    cursorRow: cursor.row - from,
    cursorColumn: cursor.column,
    isFromStart: from === 0,
  };
}
