import { closesFence, opensFence } from '../convert/fence.ts';
import { cutMarkdown, numbered, roomFor, splitMarkdown } from '../convert/split.ts';
import { isTableRule } from '../convert/table.ts';
import { isHeading, toPicturePart } from './to-block.ts';

/** Each is a message of the few there are. */
const maxPictures = 3;

interface Segment {
  readonly text: string;
  readonly isPicture: boolean;
}

/**
 * Like {@link splitMarkdown}, with a part of its own for each of the first blocks that read better as a picture, together with a line above
 * it. Pure; the parts are Markdown like all others, and can be said as text.
 */
export function splitPictures(markdown: string, maxBytes: number, spareBytes = 0): readonly string[] {
  const fits = (text: string) => Buffer.byteLength(text) <= roomFor(maxBytes, spareBytes);
  if (toPicturePart(markdown) !== undefined && Buffer.byteLength(markdown) <= maxBytes) return [markdown];
  const segments = toSegments(markdown, fits);
  if (!segments.some(({ isPicture }) => isPicture)) return splitMarkdown(markdown, maxBytes, spareBytes);
  return numbered(segments.flatMap(({ text, isPicture }) => (isPicture ? [text] : cutMarkdown(text, maxBytes, spareBytes))));
}

function toSegments(markdown: string, fits: (text: string) => boolean): readonly Segment[] {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  const segments: Segment[] = [];
  let from = 0;
  for (let at = 0; at < lines.length; ) {
    const end = endOfBlock(lines, at);
    const start = end === undefined ? at : headingAbove(lines, from, at);
    const text = lines.slice(start, end).join('\n');
    const isFull = segments.filter(({ isPicture }) => isPicture).length === maxPictures;
    if (end !== undefined && !isFull && fits(text) && toPicturePart(text) !== undefined) {
      segments.push({ text: lines.slice(from, start).join('\n'), isPicture: false }, { text, isPicture: true });
      from = end;
    }
    at = end ?? at + 1;
  }
  return [...segments, { text: lines.slice(from).join('\n'), isPicture: false }].filter(({ text }) => text.trim() !== '');
}

/** Behind the code block or table that begins at this line; undefined where none does. */
function endOfBlock(lines: readonly string[], at: number): number | undefined {
  const fence = opensFence(lines[at] ?? '');
  if (fence !== undefined) {
    const close = lines.findIndex((line, index) => index > at && closesFence(line, fence));
    return close === -1 ? lines.length : close + 1;
  }
  if (!lines[at]?.includes('|') || !isTableRule(lines[at + 1])) return undefined;
  let end = at + 2;
  while (lines[end]?.includes('|')) end += 1;
  return end;
}

/** Where the paragraph of one line begins that stands right above; `at` where there is none. */
function headingAbove(lines: readonly string[], from: number, at: number): number {
  const isBlank = (index: number) => index < from || (lines[index] ?? '').trim() === '';
  const line = at - 2;
  return at - 1 >= from && isBlank(at - 1) && line >= from && isHeading(lines[line] ?? '') && isBlank(line - 1) ? line : at;
}
