import type { PictureBlock } from '@threadbridge/contract';
import { closesFence, opensFence } from '../convert/fence.ts';
import { cells, isTableRule } from '../convert/table.ts';
import { toPlain } from '../convert/to-text.ts';

/** A part that is one block and nothing else, but for its number and a line above. */
export interface PicturePart {
  readonly block: PictureBlock;
  /** `2/3`, where it is one of several. */
  readonly mark?: string;
}

/** More would be a ribbon that nobody reads. */
const maxLines = 80;
/** What a line of chat text holds on a phone. */
const phoneColumns = 40;
/** To be copied, not looked at. */
const typed = /^(?:sh|bash|zsh|shell|console|terminal|powershell|pwsh|cmd|bat)$/i;

/** Undefined: the part is no such block, or reads well as text. Pure. */
export function toPicturePart(part: string): PicturePart | undefined {
  const [, mark, numbered] = /^\((\d+\/\d+)\)\n([\s\S]*)$/.exec(part) ?? [];
  const lines = trimmed((numbered ?? part).split('\n'));
  const hasHeading = lines.length > 2 && lines[1]?.trim() === '' && isHeading(lines[0] ?? '');
  const heading = hasHeading ? toPlain(lines[0] ?? '') : undefined;
  const block = toBlock(trimmed(hasHeading ? lines.slice(1) : lines), heading);
  return block && { block, ...(mark !== undefined && { mark }) };
}

/** Whether the paragraph of this one line may stand as the heading of the block below it. */
export function isHeading(line: string): boolean {
  return line.trim() !== '' && line.length <= 120 && opensFence(line) === undefined && !line.includes('|');
}

function toBlock(lines: readonly string[], heading: string | undefined): PictureBlock | undefined {
  const fence = opensFence(lines[0] ?? '');
  if (fence !== undefined) {
    const end = lines.findIndex((line, index) => index > 0 && closesFence(line, fence));
    if (end !== lines.length - 1) return undefined;
    return toCode(fence.open.replace(/^ *[`~]+/, '').trim(), lines.slice(1, -1), heading);
  }
  const [head, rule, ...body] = lines;
  if (head === undefined || !head.includes('|') || !isTableRule(rule) || !body.every((line) => line.includes('|')))
    return undefined;
  return toTable(head, body, heading);
}

function toCode(info: string, lines: readonly string[], heading: string | undefined): PictureBlock | undefined {
  const [language = '', ...rest] = info.split(/\s+/);
  if (lines.length < 3 || lines.length > maxLines || typed.test(language)) return undefined;
  const isDiff = /^(?:diff|patch)$/i.test(language);
  const isWide = lines.some((line) => columnsOf(line) > phoneColumns);
  if (!isDiff && !isWide && lines.length < 8) return undefined;
  const named = heading ?? (rest.join(' ') || (isDiff ? fileOf(lines) : language));
  return { type: isDiff ? 'diff' : 'code', ...(named && { heading: named }), text: lines.join('\n') };
}

/** The new name in a diff that names its file. */
function fileOf(lines: readonly string[]): string | undefined {
  return /^\+\+\+ (?:b\/)?(\S+)/.exec(lines.find((line) => line.startsWith('+++ ')) ?? '')?.[1];
}

function toTable(head: string, body: readonly string[], heading: string | undefined): PictureBlock | undefined {
  const rows = body.map((line) => cells(line).map(toPlain));
  const names = cells(head).map(toPlain);
  if (rows.length === 0 || rows.length > maxLines) return undefined;
  const isWide = rows.some((row) => columnsOf(row.join('  ')) > phoneColumns);
  return names.length > 2 || isWide ? { type: 'table', ...(heading && { heading }), head: names, rows } : undefined;
}

function trimmed(lines: readonly string[]): readonly string[] {
  const isWord = (line: string) => line.trim() !== '';
  return lines.slice(Math.max(0, lines.findIndex(isWord)), lines.findLastIndex(isWord) + 1);
}

/** Chinese counts two. */
function columnsOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (/[\u1100-\u115f\u2e80-\uffe6]/.test(character) ? 2 : 1), 0);
}
