import { closesFence, type Fence, opensFence } from './fence.ts';

/** A line, or a piece of one that was too long. */
interface Unit {
  readonly text: string;
  /** Continues the unit before without a line end. */
  readonly isGlued: boolean;
  readonly kind: 'blank' | 'heading' | 'item' | 'text' | 'row' | 'open' | 'code' | 'close';
  /** The code block it lies in. */
  readonly fence?: Fence;
}

/** `(12/345)` and a line end, with room to spare. */
const numberBytes = 20;

/**
 * Cuts Markdown into parts of at most `maxBytes` of UTF-8, numbered `(1/3)` where there are several. Cuts between paragraphs if it can,
 * then between items, lines, words, and never inside a character; a code block that is cut is closed and opened again. Pure; nothing but
 * blank space at the cuts is dropped. Where there are several, each leaves `spareBytes` free.
 */
export function splitMarkdown(markdown: string, maxBytes: number, spareBytes = 0): readonly string[] {
  return numbered(bytes(markdown) <= maxBytes ? [markdown] : cutMarkdown(markdown, maxBytes, spareBytes));
}

/** What a part may hold beside its number and what is spared. */
export function roomFor(maxBytes: number, spareBytes: number): number {
  if (maxBytes - spareBytes < 180) throw new RangeError('A part must have room for 180 bytes.');
  return maxBytes - numberBytes - spareBytes;
}

/** The parts without their numbers. */
export function cutMarkdown(markdown: string, maxBytes: number, spareBytes: number): readonly string[] {
  const room = roomFor(maxBytes, spareBytes);
  const units = toUnits(markdown, room);
  const pieces: string[] = [];
  for (let start = 0; start < units.length; ) {
    const end = endOfPiece(units, start, room);
    const piece = render(units.slice(start, end));
    if (piece !== '') pieces.push(piece);
    start = end;
  }
  return pieces;
}

/** With `(1/3)` on a line above, where there are several. */
export function numbered(pieces: readonly string[]): readonly string[] {
  const count = pieces.length;
  return count === 1 ? pieces : pieces.map((piece, index) => `(${index + 1}/${count})\n${piece}`);
}

/** Behind the last unit of the piece that begins at `start`: the best cut in the second half of what fits. */
function endOfPiece(units: readonly Unit[], start: number, room: number): number {
  const first = units[start];
  let size = first?.fence !== undefined && first.kind !== 'open' ? bytes(first.fence.open) + 1 : 0;
  let best = start + 1;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let at = start; at < units.length; at += 1) {
    const unit = units[at] as Unit;
    size += bytes(unit.text) + (unit.isGlued || at === start ? 0 : 1);
    const closing = unit.fence !== undefined && unit.kind !== 'close' ? bytes(unit.fence.close) + 1 : 0;
    if (size + closing > room && at > start) return best;
    if (at + 1 === units.length) return units.length;
    const cost = size >= room / 2 ? costOfCut(unit, units[at + 1] as Unit) : Number.POSITIVE_INFINITY;
    if (cost <= bestCost) {
      best = at + 1;
      bestCost = cost;
    }
  }
  return units.length;
}

/** How much a cut between two units disturbs. */
function costOfCut(before: Unit, after: Unit): number {
  if (after.isGlued) return 8;
  if (before.kind === 'open' || after.kind === 'close' || before.kind === 'heading') return 9;
  if (after.kind === 'blank') return before.fence === undefined ? 2 : 4;
  if (after.kind === 'heading') return 0;
  if (before.kind === 'close' || after.kind === 'open' || (before.kind === 'blank' && before.fence === undefined)) return 1;
  if (after.kind === 'item') return 2;
  if (before.kind === 'row' && after.kind === 'row') return 5;
  if (after.kind === 'code') return before.text.trim() === '' ? 4 : 6;
  return 3;
}

function render(units: readonly Unit[]): string {
  const text = units.map((unit, index) => (index === 0 || unit.isGlued ? unit.text : `\n${unit.text}`)).join('');
  const first = units[0];
  const last = units.at(-1);
  const open = first?.fence !== undefined && first.kind !== 'open' ? `${first.fence.open}\n` : '';
  const close = last?.fence !== undefined && last.kind !== 'close' ? `\n${last.fence.close}` : '';
  const isCode = open !== '' || close !== '';
  return isCode ? `${open}${text}${close}` : text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

function toUnits(markdown: string, room: number): readonly Unit[] {
  const units: Unit[] = [];
  let fence: Fence | undefined;
  for (const line of markdown.replaceAll('\r\n', '\n').split('\n')) {
    const opened: Fence | undefined = fence === undefined ? openable(line, room) : undefined;
    const isClosing = fence !== undefined && closesFence(line, fence);
    const kind = opened !== undefined ? 'open' : isClosing ? 'close' : fence !== undefined ? 'code' : kindOf(line);
    const own: Fence | undefined = opened ?? fence;
    const frame = own === undefined ? 0 : bytes(own.open) + bytes(own.close) + 2;
    for (const [index, text] of cutLine(line, room - frame).entries()) {
      units.push({ text, isGlued: index > 0, kind, ...(own !== undefined && { fence: own }) });
    }
    fence = isClosing ? undefined : own;
  }
  return units;
}

/** A fence so long that repeating it would leave no room is taken as text. */
function openable(line: string, room: number): Fence | undefined {
  const fence = opensFence(line);
  return fence !== undefined && (bytes(fence.open) + bytes(fence.close)) * 2 < room / 2 ? fence : undefined;
}

function kindOf(line: string): Unit['kind'] {
  if (line.trim() === '') return 'blank';
  if (/^ {0,3}#{1,6}\s/.test(line)) return 'heading';
  if (/^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/.test(line)) return 'item';
  return /^\s*\|/.test(line) ? 'row' : 'text';
}

/** Pieces of a line that each fit, cut behind a sentence, else behind a word, else between characters. */
function cutLine(line: string, room: number): readonly string[] {
  const pieces: string[] = [];
  let rest = line;
  while (bytes(rest) > room) {
    const end = cutAt(rest, room);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  pieces.push(rest);
  return pieces;
}

function cutAt(text: string, room: number): number {
  let size = 0;
  let fits = 0;
  let word = 0;
  let sentence = 0;
  for (const character of text) {
    size += bytes(character);
    if (size > room) break;
    fits += character.length;
    if (/[。！？；]/.test(character) || (character === ' ' && /[.!?;:]/.test(text.charAt(fits - 2)))) sentence = fits;
    else if (/[\s，、]/.test(character)) word = fits;
  }
  return sentence > fits / 2 ? sentence : word > fits / 2 ? word : fits;
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
