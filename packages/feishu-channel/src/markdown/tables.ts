import { closesFence, type Fence, fenceAround, opensFence } from './fence.ts';

/** Tables that a card takes; the platform's word is five, four were seen refused. */
export const maxTables = 3;

/** Leaves the first `max` tables and turns the others into code blocks, where their columns still stand under each other. Pure. */
export function limitTables(markdown: string, max: number): string {
  const lines = markdown.split('\n');
  const out: string[] = [];
  let fence: Fence | undefined;
  let tables = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
      out.push(line);
      continue;
    }
    fence = opensFence(line);
    if (fence !== undefined || !startsTable(line, lines[at + 1])) {
      out.push(line);
      continue;
    }
    const end = endOfTable(lines, at + 2);
    const table = lines.slice(at, end);
    tables += table.slice(1).filter((row, index) => startsTable(table[index] ?? '', row)).length;
    if (tables <= max) out.push(...table);
    else {
      const mark = fenceAround(table.join('\n'));
      out.push(mark, ...table.map((row) => row.trim()), mark);
    }
    at = end - 1;
  }
  return out.join('\n');
}

/** A line with bars above a line of dashes; a doubtful one counts as a table, which only costs it its look. */
function startsTable(line: string, next = ''): boolean {
  return line.includes('|') && next.includes('-') && /^[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*\|?\s*$/.test(next);
}

function endOfTable(lines: readonly string[], from: number): number {
  let end = from;
  while (lines[end] !== undefined && lines[end]?.trim() !== '' && opensFence(lines[end] ?? '') === undefined) end += 1;
  return end;
}
