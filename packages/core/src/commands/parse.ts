import type { Command } from './command.ts';

/** Splits `/name rest`. Undefined for anything else; a path such as `/etc/hosts` is no command. The full-width slash counts too. */
export function parseCommand(text: string): { readonly name: string; readonly args: string } | undefined {
  const match = /^\s*[/／]([^\s/／]+)(?:\s+([\s\S]*))?$/u.exec(text);
  if (match?.[1] === undefined) return undefined;
  return { name: match[1].toLowerCase(), args: (match[2] ?? '').trim() };
}

/** The command of that name, or the one that was probably meant. */
export function findCommand(
  commands: readonly Command[],
  name: string,
): { readonly command: Command } | { readonly nearest?: string } {
  const command = commands.find((known) => known.name === name || known.also?.includes(name));
  if (command !== undefined) return { command };
  if (name.length > longestMeant) return {};
  const names = commands.flatMap((known) => [known.name, ...(known.also ?? [])]);
  const ranked = names.map((known) => ({ known, distance: distance(name, known) })).sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? { nearest: best.known } : {};
}

/** What is longer was not meant to be a command, and comparing would take its time. */
const longestMeant = 32;

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const above = rows[i - 1] ?? [];
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
