import { closesFence, type Fence, opensFence } from './fence.ts';

/** The most that opening a code block again and closing it may take. */
const fenceBytes = 500;

/**
 * Cuts Markdown into parts of at most `maxBytes` of UTF-8: between paragraphs if it can, else between lines, words, characters. A code
 * block that is cut is closed and opened again. Pure; nothing but blank space at the cuts is dropped.
 */
export function splitMarkdown(markdown: string, maxBytes: number): readonly string[] {
  if (maxBytes < 2 * fenceBytes) throw new RangeError(`A part must have room for ${2 * fenceBytes} bytes.`);
  if (Buffer.byteLength(markdown) <= maxBytes) return [markdown];
  const parts: string[] = [];
  let lines: string[] = [];
  let size = 0;
  let fence: Fence | undefined;
  /** Where in `lines` the last paragraph ended outside of code. */
  let paragraph = 0;

  const flush = (upTo: number) => {
    const rest = lines.slice(upTo);
    const isInCode = fence !== undefined && upTo === lines.length;
    const head = lines.slice(0, upTo).join('\n');
    const closed = isInCode && fence !== undefined ? `${head}\n${fence.mark}` : head;
    if (closed.trim() !== '') parts.push(trimBlank(closed));
    lines = isInCode && fence !== undefined ? [fence.open] : rest;
    size = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    paragraph = 0;
  };

  for (const line of pieces(markdown, maxBytes - fenceBytes)) {
    const closing = fence === undefined ? 0 : Buffer.byteLength(fence.mark) + 1;
    const needed = Buffer.byteLength(line) + 1;
    if (size + needed + closing > maxBytes) {
      const isLateEnough = paragraph > 0 && bytesOf(lines.slice(0, paragraph)) > maxBytes / 3;
      flush(isLateEnough ? paragraph : lines.length);
      if (size + needed + closing > maxBytes) flush(lines.length);
    }
    lines.push(line);
    size += needed;
    if (fence === undefined) {
      fence = opensFence(line);
      if (fence !== undefined) paragraph = lines.length - 1;
      else if (line.trim() === '') paragraph = lines.length;
    } else if (closesFence(line, fence)) {
      fence = undefined;
      paragraph = lines.length;
    }
  }
  const last = lines.join('\n');
  if (last.trim() !== '') parts.push(trimBlank(last));
  return parts.length === 0 ? [''] : parts;
}

/** Lines, those that are too long cut at a blank or between characters. */
function* pieces(markdown: string, maxBytes: number): Generator<string> {
  for (const line of markdown.split('\n')) {
    if (Buffer.byteLength(line) <= maxBytes) {
      yield line;
      continue;
    }
    let piece = '';
    let size = 0;
    for (const character of line) {
      const bytes = Buffer.byteLength(character);
      if (size + bytes > maxBytes) {
        const blank = piece.lastIndexOf(' ');
        const cut = blank > piece.length / 2 ? blank : piece.length;
        yield piece.slice(0, cut);
        piece = piece.slice(cut).replace(/^ /, '');
        size = Buffer.byteLength(piece);
      }
      piece += character;
      size += bytes;
    }
    if (piece !== '') yield piece;
  }
}

const trimBlank = (text: string) => text.replace(/^(?:[ \t]*\n)+/, '').replace(/(?:\n[ \t]*)+$/, '');
const bytesOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
