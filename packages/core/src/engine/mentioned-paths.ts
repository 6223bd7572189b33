import type { RunItem } from '@threadbridge/contract';

/** How many paths of one run are looked at. */
const maxPaths = 300;
const maxLength = 1_024;

/**
 * What in a run looks like the path of a file it may have made: changed files first, then what its answer names, then what its commands
 * named and printed. They are guesses; the disk decides. Pure.
 */
export function mentionedPaths(items: readonly RunItem[], answer: string): readonly string[] {
  const found = new Set<string>();
  const add = (paths: Iterable<string>) => {
    for (const path of paths) if (found.size < maxPaths) found.add(path);
  };
  for (const item of items) if (item.type === 'file.change') add(item.changes.map(({ path, movedTo }) => movedTo ?? path));
  add(pathsIn(answer));
  for (const item of items) if (item.type === 'agent.message') add(pathsIn(item.text));
  for (const item of items) if (item.type === 'command') add(pathsIn(`${item.command}\n${(item.output ?? '').slice(-20_000)}`));
  return [...found];
}

function pathsIn(text: string): readonly string[] {
  const quoted = Array.from(
    text.matchAll(/`([^`\n]+)`|"([^"\n]+)"|\]\(<?([^)>\n]+)>?\)/g),
    ([, ...parts]) => parts.find(Boolean) ?? '',
  );
  const words = text.split(/[\s`"'()<>[\]{},;|=，。；：、！？“”‘’（）《》【】]+/u);
  // Where words are not set apart, as in Chinese, a name still stands out by its alphabet.
  const ascii = text.match(/[\w./~@%+-]+/g) ?? [];
  return [...quoted, ...words, ...ascii].map(cleaned).filter(isPathLike);
}

/** Without what surrounds a path in prose: a line number, an ending full stop, a scheme. */
function cleaned(word: string): string {
  return word
    .trim()
    .replace(/^file:\/\//, '')
    .replace(/(:\d+){1,2}$|#L\d+.*$/, '')
    .replace(/[.:,;!?*]+$/, '')
    .replace(/^\*+/, '');
}

function isPathLike(word: string): boolean {
  if (word.length > maxLength || word.includes('\0') || /^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return false;
  return /[/\\]/.test(word) || /.\.\w{1,12}$/.test(word) || /^\.\w/.test(word);
}
