import type { CommonOptions } from '../commands/command-file.ts';

/** What to type to make these people the owners, of the profile and in the file that were named before. Pure. */
export function ownerCommand(owners: readonly string[], { profile, config }: CommonOptions): string {
  return [
    'threadbridge config set access.owners',
    word(JSON.stringify(owners)),
    ...(profile === undefined ? [] : ['--profile', word(profile)]),
    ...(config === undefined ? [] : ['--config', word(config)]),
  ].join(' ');
}

/** A word of a shell that stays one word. */
function word(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
