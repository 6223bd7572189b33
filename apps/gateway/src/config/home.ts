import { chmod, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { onDisk } from '../on-disk.ts';

/** Variables by name, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where one profile keeps what. All absolute. */
export interface ProfilePaths {
  /** `$THREADBRIDGE_HOME`. */
  readonly home: string;
  /** `profiles/<name>`. */
  readonly directory: string;
  readonly store: string;
  /** The store of the native API when it is served alone. */
  readonly nativeApiStore: string;
  /** The Codex home of the setting `isolated`. */
  readonly codexHome: string;
  readonly logs: string;
  readonly media: string;
  /** What was seen of the channels' events, a file each. */
  readonly seen: string;
  readonly locks: string;
  /** The key of approval codes and action tokens. */
  readonly tokenKey: string;
  /** The encrypted file of secrets. */
  readonly keystore: string;
  /** The key it is encrypted with. */
  readonly keystoreKey: string;
}

/** The directory of all state: a flag, `$THREADBRIDGE_HOME`, or `~/.threadbridge`. */
export function resolveHome(environment: Environment, flag?: string): string {
  return resolve(flag ?? (environment.THREADBRIDGE_HOME || join(homedir(), '.threadbridge')));
}

/** Where a profile's things are. Makes nothing. */
export function profilePaths(home: string, profile: string): ProfilePaths {
  const directory = join(home, 'profiles', profile);
  return {
    home,
    directory,
    store: join(directory, 'store.db'),
    nativeApiStore: join(directory, 'native-api.db'),
    codexHome: join(directory, 'codex-home'),
    logs: join(directory, 'logs'),
    media: join(directory, 'media'),
    seen: join(directory, 'seen'),
    locks: join(directory, 'locks'),
    tokenKey: join(directory, 'token-key'),
    keystore: join(directory, 'secrets.json.enc'),
    keystoreKey: join(directory, 'secrets.key'),
  };
}

/** Makes the profile's directories, readable by their owner alone. Rejects with `store.unwritable`. */
export async function makeDirectories(paths: ProfilePaths): Promise<void> {
  const make = (directory: string) => onDisk(directory, () => mkdir(directory, { recursive: true, mode: 0o700 }));
  await make(paths.home);
  await make(join(paths.home, 'profiles'));
  for (const directory of [paths.directory, paths.codexHome, paths.logs, paths.media, paths.seen, paths.locks]) {
    await make(directory);
    await chmod(directory, 0o700);
  }
}
