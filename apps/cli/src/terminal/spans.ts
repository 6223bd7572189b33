import { plainText } from './plain-text.ts';
import { graphemes, graphemeWidth, textWidth } from './text-width.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'heading';

/** A piece of a line in one style. Holds no line end and no control character. */
export interface Span {
  readonly text: string;
  readonly style?: Style;
}

/** A line for people: as it reads in a pipe and as it looks on a screen. */
export interface Line {
  readonly raw: string;
  readonly spans: readonly Span[];
  /** Columns by which continued rows are moved in. */
  readonly hang?: number;
  /** Never broken by us, so that it can be copied. */
  readonly isCode?: true;
  /** An empty line that sets blocks apart; two in a row are one. */
  readonly isGap?: true;
}

export const gap: Line = { raw: '', spans: [], isGap: true };

/** A line that reads the same everywhere. */
export function line(...spans: readonly Span[]): Line {
  return { raw: spans.map((span) => span.text).join(''), spans };
}

/** The lines without gaps that would stand at the top or below an empty line. `wasBlank` speaks of the line before the first. */
export function closeGaps(lines: readonly Line[], wasBlank: boolean): readonly Line[] {
  return lines.filter((one, at) => {
    if (one.isGap !== true) return true;
    const before = lines[at - 1];
    return before === undefined ? !wasBlank : before.raw.trim() !== '';
  });
}

const codes: Readonly<Record<Style, string>> = {
  bold: '1',
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
  cyan: '36',
  heading: '1;4',
};

/** The characters to write for a row. Without colours: the bare text. The last door before the terminal: no control character passes. */
export function paint(spans: readonly Span[], hasColours: boolean): string {
  return spans
    .map(({ text, style }) => ({ text: plainText(text).replaceAll('\n', ' '), style }))
    .map(({ text, style }) =>
      hasColours && style !== undefined && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text,
    )
    .join('');
}

/** Breaks a line into rows of at most `width` columns: at spaces, inside a word only where it is longer than a row. */
export function wrapSpans(spans: readonly Span[], width: number, hang = 0): readonly (readonly Span[])[] {
  const indent = hang < width / 2 ? hang : 0;
  const rows: Span[][] = [[]];
  let used = 0;
  let isFresh = true;
  const put = (span: Span, columns: number) => {
    append(rows.at(-1) ?? [], span);
    used += columns;
    isFresh = false;
  };
  const breakRow = () => {
    rows.push(indent > 0 ? [{ text: ' '.repeat(indent) }] : []);
    used = indent;
    isFresh = true;
  };
  for (const word of words(spans)) {
    const columns = word.reduce((sum, part) => sum + textWidth(part.text), 0);
    const isSpace = word.every((part) => part.text.trim() === '');
    if (used + columns > width && !isFresh) breakRow();
    // The space at which a row was broken is not shown.
    if (isSpace && isFresh && rows.length > 1) continue;
    for (const part of word) {
      if (used + textWidth(part.text) <= width) {
        put(part, textWidth(part.text));
        continue;
      }
      for (const text of graphemes(part.text)) {
        if (used + graphemeWidth(text) > width) breakRow();
        put({ ...part, text }, graphemeWidth(text));
      }
    }
  }
  return rows;
}

function append(row: Span[], span: Span): void {
  const last = row.at(-1);
  if (last !== undefined && last.style === span.style) row[row.length - 1] = { ...last, text: last.text + span.text };
  else row.push(span);
}

const cjk = '\\u2e80-\\u2fff\\u3040-\\u9fff\\uac00-\\ud7a3';
/** They must not begin a row, so they belong to the character before them. */
const closing =
  '\\u3001\\u3002\\uff01\\uff09\\uff0c\\uff0e\\uff1a\\uff1b\\uff1f\\u300b\\u300d\\u300f\\u3011\\u2019\\u201d\\u2026';
const pieces = new RegExp(` +|[${cjk}][${closing}]*|[^ ${cjk}]+`, 'g');
const startsApart = new RegExp(`^[ ${cjk}]`);
const endsApart = new RegExp(`[${cjk}][${closing}]*$`);

/** Words and the spaces between them, each as the spans it is made of. Han and Kana may be broken anywhere. */
function words(spans: readonly Span[]): readonly (readonly Span[])[] {
  const found: Span[][] = [];
  let isOpen = false;
  for (const span of spans) {
    for (const text of span.text.match(pieces) ?? []) {
      const last = found.at(-1);
      if (last !== undefined && isOpen && !startsApart.test(text)) last.push({ ...span, text });
      else found.push([{ ...span, text }]);
      isOpen = !text.startsWith(' ') && !endsApart.test(text);
    }
  }
  return found;
}
