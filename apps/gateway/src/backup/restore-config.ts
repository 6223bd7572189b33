import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { editConfig, editedText } from '../config/edit-config.ts';
import { parseJsonc } from '../config/jsonc.ts';
import { checkConfig, configFile, type LoadOptions } from '../config/load.ts';
import { readIfThere } from '../key-file.ts';
import { type Manifest, parts } from './manifest.ts';

/** A change of the configuration that was checked. */
export interface PlannedConfig {
  /** Keeps the present file in that directory. Answers with the file that was written. */
  write(aside: string): Promise<string>;
}

/**
 * What of the configuration in a backup is to be put back: the whole file where there is none, else the part of the profile, so that other
 * profiles stay as they are. Undefined: nothing. Rejects with `config.invalid` where this version does not understand it.
 */
export async function planConfig(content: string, of: Manifest, load: LoadOptions): Promise<PlannedConfig | undefined> {
  const text = await readIfThere(join(content, parts.config));
  if (text === undefined) return undefined;
  const file = configFile(load);
  const present = await readIfThere(file);
  const profile = load.flags?.profile ?? of.profile;
  if (present === undefined && profile === of.profile) {
    checkConfig(load, text);
    return {
      async write() {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writeFile(file, text, { mode: 0o600, flag: 'wx' });
        return file;
      },
    };
  }
  const part = partOf(text, of.profile);
  if (part === undefined) return undefined;
  const edit = { path: ['profiles', profile], value: part };
  checkConfig(load, editedText(present ?? '{}', [edit]));
  if (present !== undefined && JSON.stringify(partOf(present, profile)) === JSON.stringify(part)) return undefined;
  return {
    async write(aside) {
      if (present !== undefined) {
        await mkdir(aside, { recursive: true, mode: 0o700 });
        await copyFile(file, join(aside, parts.config));
      }
      return (await editConfig(load, [edit])).file;
    },
  };
}

function partOf(text: string, profile: string): unknown {
  const read = parseJsonc(text);
  const value = 'value' in read ? read.value : undefined;
  const profiles = typeof value === 'object' && value !== null && 'profiles' in value ? value.profiles : undefined;
  return typeof profiles === 'object' && profiles !== null
    ? Object.entries(profiles).find(([name]) => name === profile)?.[1]
    : undefined;
}
