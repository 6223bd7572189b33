import type { CommonOptions } from './commands/command-file.ts';

/** What to type for a command of ours, about the profile and the file that were named in this call. Pure. */
export function typedCommand(words: readonly string[], { profile, config }: Pick<CommonOptions, 'profile' | 'config'>): string {
  return [
    'threadbridge',
    ...words,
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(config === undefined ? [] : ['--config', config]),
  ]
    .map(quoted)
    .join(' ');
}

/** A word of a shell that stays one word. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
