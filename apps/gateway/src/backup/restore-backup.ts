import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createSqliteStore } from '@threadbridge/store';
import { makeDirectories, type ProfilePaths, profilePaths, resolveHome } from '../config/home.ts';
import type { LoadOptions } from '../config/load.ts';
import { type Manifest, parts } from './manifest.ts';
import { putInPlace } from './put-in-place.ts';
import { refuseRunning } from './refuse-running.ts';
import { planConfig } from './restore-config.ts';
import { planSecrets } from './restore-secrets.ts';
import { unpackBackup } from './unpack-backup.ts';

export interface RestoreBackupOptions {
  readonly file: string;
  /** Where the state and the configuration are. Without a profile named there: the one that the backup is of. */
  readonly load: LoadOptions;
  /** Present: its secrets are put back, too. */
  readonly passphrase?: string;
}

/** A backup that was put back. */
export interface RestoredBackup {
  readonly profile: string;
  /** When the backup was made, epoch ms. */
  readonly takenAt: number;
  /** Where what was there before is now. Absent: nothing was there. */
  readonly aside?: string;
  readonly configFile?: string;
  readonly hasSecrets: boolean;
}

/** Unpacks a backup, checks it, and throws it away again. Rejects as {@link restoreBackup} does where it is of no use. */
export async function verifyBackup({ file, load }: Pick<RestoreBackupOptions, 'file' | 'load'>): Promise<Manifest> {
  const home = resolveHome(load.environment, load.flags?.home);
  await using staging = await stagingIn(profilePaths(home, load.flags?.profile ?? 'default'));
  return await unpackBackup(resolve(file), staging.content);
}

/**
 * Puts a profile back as it was when a backup was made. What is there is kept aside. What was open then may have gone out since, so none of it
 * goes out again by itself: see `markRestored` of the store. Rejects, with everything as it was, with `store.held` (the profile runs),
 * `store.newer_schema`, `store.corrupt`, `config.invalid` or `config.secret_missing`.
 */
export async function restoreBackup({ file, load, passphrase }: RestoreBackupOptions): Promise<RestoredBackup> {
  const home = resolveHome(load.environment, load.flags?.home);
  const asked = load.flags?.profile ?? (load.environment.THREADBRIDGE_PROFILE || undefined);
  await using staging = await stagingIn(profilePaths(home, asked ?? 'default'));
  const { content } = staging;
  const manifest = await unpackBackup(resolve(file), content);
  const profile = asked ?? manifest.profile;
  const paths = profilePaths(home, profile);
  const how: LoadOptions = { ...load, flags: { ...load.flags, profile } };
  const config = await planConfig(content, manifest, how);
  const secrets = passphrase === undefined ? undefined : await planSecrets(content, passphrase, how);
  await makeDirectories(paths);
  await refuseRunning(home, profile, paths.store);
  await markStores(content, manifest);
  const aside = join(paths.directory, `before-restore-${new Date().toISOString().replace(/[-:]|\.\d+Z/g, '')}`);
  await putInPlace(
    [
      { from: join(content, parts.store), to: paths.store },
      { from: join(content, parts.nativeApiStore), to: paths.nativeApiStore },
      ...[paths.store, paths.nativeApiStore].flatMap((path) => [{ to: `${path}-wal` }, { to: `${path}-shm` }]),
      { from: join(content, parts.media), to: paths.media },
    ],
    aside,
  );
  await makeDirectories(paths);
  const configFile = await config?.write(aside);
  await secrets?.write(aside);
  return {
    ...{ profile, takenAt: manifest.takenAt, hasSecrets: secrets !== undefined },
    ...(existsSync(aside) && { aside }),
    ...(configFile !== undefined && { configFile }),
  };
}

/** Says in the stores what they are, before they are in anybody's place. */
async function markStores(content: string, { takenAt, files }: Manifest): Promise<void> {
  for (const name of [parts.store, parts.nativeApiStore]) {
    if (!files.some(({ path }) => path === name)) continue;
    await using store = await createSqliteStore({ path: join(content, name), holder: 'threadbridge backup restore' });
    await store.markRestored(takenAt);
  }
}

/** A place to unpack, on the file system of the profile, so that renaming is enough. */
async function stagingIn(paths: ProfilePaths): Promise<AsyncDisposable & { readonly content: string }> {
  await makeDirectories(paths);
  const directory = await mkdtemp(join(paths.directory, 'restore-'));
  return {
    content: join(directory, 'content'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
