/** A line of a diff. Numbers count from 1 and are absent on the side where the line is not. */
export type DiffLine =
  | { readonly kind: 'file'; readonly text: string }
  | { readonly kind: 'hunk'; readonly text: string }
  | { readonly kind: 'same' | 'added' | 'removed'; readonly text: string; readonly before?: number; readonly after?: number };

const hunkHead = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;
const noise = /^(?:index |old mode |new mode |new file mode |deleted file mode |similarity index |--- |\\ No newline)/;

/** Takes a unified diff apart, also one that has hunks alone or nothing but signs. Pure. */
export function readDiff(diff: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let [before, after] = [1, 1];
  let isInHunk = false;
  for (const line of (diff.endsWith('\n') ? diff.slice(0, -1) : diff).split('\n')) {
    const hunk = hunkHead.exec(line);
    if (line.startsWith('diff --git ')) {
      isInHunk = false;
      lines.push({ kind: 'file', text: nameIn(line) });
    } else if (hunk !== null) {
      [before, after] = [Number(hunk[1]), Number(hunk[2])];
      isInHunk = true;
      lines.push({ kind: 'hunk', text: line });
    } else if (!isInHunk && noise.test(line)) continue;
    else if (!isInHunk && line.startsWith('+++ ')) {
      const name = line.slice(4).replace(/^b\//, '');
      if (lines.at(-1)?.kind !== 'file') lines.push({ kind: 'file', text: name });
    } else if (line.startsWith('+')) lines.push({ kind: 'added', text: line.slice(1), after: after++ });
    else if (line.startsWith('-')) lines.push({ kind: 'removed', text: line.slice(1), before: before++ });
    else if (!line.startsWith('\\')) lines.push({ kind: 'same', text: line.replace(/^ /, ''), before: before++, after: after++ });
  }
  return lines;
}

function nameIn(line: string): string {
  return / b\/(.+)$/.exec(line)?.[1] ?? line;
}

/** How much a diff adds and removes. Pure. */
export function countDiff(lines: readonly DiffLine[]): { readonly added: number; readonly removed: number } {
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return { added: count('added'), removed: count('removed') };
}
