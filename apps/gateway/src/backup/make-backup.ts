import { constants, createWriteStream, existsSync } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { GatewayError } from '@threadbridge/contract';
import { copySqliteStore } from '@threadbridge/store';
import type { TarHeader } from 'modern-tar';
import { packTar } from 'modern-tar/fs';
import type { ResolvedProfile } from '../config/load.ts';
import { readIfThere } from '../key-file.ts';
import { openKeystore } from '../keystore/open-keystore.ts';
import { incomingFolder } from '../media/take-in.ts';
import { ownVersion } from '../own-version.ts';
import { describeFiles, newManifest, parts } from './manifest.ts';
import { gatherSecrets, sealSecrets } from './sealed-secrets.ts';
import { unpackBackup } from './unpack-backup.ts';

export interface MakeBackupOptions {
  readonly profile: ResolvedProfile;
  /** The configuration file, where there is one. */
  readonly configFile?: string;
  /** Where the backup is to be. Never overwritten. */
  readonly file: string;
  /** Present: the secrets go with it, encrypted. */
  readonly passphrase?: string;
}

/** A backup that was written and checked. */
export interface MadeBackup {
  readonly file: string;
  readonly profile: string;
  readonly sizeBytes: number;
  /** Epoch ms. */
  readonly takenAt: number;
  readonly files: number;
  readonly hasSecrets: boolean;
}

/**
 * Writes one private file with the configuration, the stores as they are at one moment, and the files that came with messages; also beside
 * a running gateway. It is unpacked and checked before it appears. Rejects with `config.invalid` (something is there already, nothing to back
 * up), `store.*`.
 */
export async function makeBackup(options: MakeBackupOptions): Promise<MadeBackup> {
  const { profile, configFile, passphrase } = options;
  const { paths, name } = profile;
  const file = resolve(options.file);
  await refuseBadPlace(file);
  if (!existsSync(paths.store)) throw nothingThere(name);
  // On the file system of the profile: there a copy of a file can be a link.
  const staging = await mkdtemp(join(paths.directory, 'backup-'));
  const content = join(staging, 'content');
  const archive = join(staging, 'archive');
  try {
    await mkdir(content, { mode: 0o700 });
    const takenAt = Date.now();
    await copySqliteStore({ path: paths.store, to: join(content, parts.store) });
    if (existsSync(paths.nativeApiStore))
      await copySqliteStore({ path: paths.nativeApiStore, to: join(content, parts.nativeApiStore) });
    // After the stores, so that whatever they refer to is there.
    await copyTree(paths.media, join(content, parts.media));
    if (configFile !== undefined) await copyFile(configFile, join(content, parts.config));
    if (passphrase !== undefined) {
      const secrets = await gatherSecrets(openKeystore(profile), await readIfThere(paths.tokenKey));
      await writeFile(join(content, parts.secrets), sealSecrets(secrets, passphrase), { mode: 0o600 });
    }
    const files = await describeFiles(content);
    const manifest = newManifest({ program: ownVersion(), profile: name, takenAt, files });
    await writeFile(join(content, parts.manifest), JSON.stringify(manifest), { mode: 0o600 });
    // Who made it is nobody's business.
    const map = (header: TarHeader): TarHeader => ({ ...header, uid: 0, gid: 0, uname: '', gname: '' });
    await pipeline(packTar(content, { map }), createGzip(), createWriteStream(archive, { mode: 0o600 }));
    await unpackBackup(archive, join(staging, 'check'));
    await place(archive, file);
    const { size } = await stat(file);
    return { file, profile: name, sizeBytes: size, takenAt, files: files.length, hasSecrets: passphrase !== undefined };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Files never change once they are there, so a link is a copy. One that retention takes away meanwhile is not in the store either. */
async function copyTree(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const source = join(entry.parentPath, entry.name);
    const path = relative(from, source);
    if (!entry.isFile() || path.startsWith(incomingFolder)) continue;
    const target = join(to, path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await link(source, target)
      .catch(() => copyFile(source, target))
      .catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      });
  }
}

/** Whole, on the disk, for its owner alone, and in nobody's place. */
async function place(archive: string, file: string): Promise<void> {
  await copyFile(archive, file, constants.COPYFILE_EXCL);
  const written = await open(file, 'r+');
  try {
    await written.chmod(0o600);
    await written.sync();
  } finally {
    await written.close();
  }
}

async function refuseBadPlace(file: string): Promise<void> {
  if (existsSync(file)) {
    throw new GatewayError('config.invalid', `There is something at ${file} already; no backup was made.`, {
      remedy: 'Choose another name.',
      certain: true,
    });
  }
  const directory = await stat(dirname(file)).catch(() => undefined);
  if (directory?.isDirectory()) return;
  throw new GatewayError('config.invalid', `There is no directory ${dirname(file)}; no backup was made.`, {
    remedy: 'Make it first, or choose another place.',
    certain: true,
  });
}

function nothingThere(profile: string): GatewayError {
  return new GatewayError('config.invalid', `The profile ${profile} has no store yet; there is nothing to back up.`, {
    remedy: 'A profile has one from its first start on. Which one is meant: --profile NAME.',
    certain: true,
  });
}
