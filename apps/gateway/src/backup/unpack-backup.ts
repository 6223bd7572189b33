import { createReadStream } from 'node:fs';
import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { GatewayError } from '@threadbridge/contract';
import { openSqliteAudit, verifyAudit } from '@threadbridge/store';
import type { TarHeader } from 'modern-tar';
import { unpackTar } from 'modern-tar/fs';
import { anyFormSchema, describeFiles, isPart, type Manifest, manifestSchema, parts } from './manifest.ts';

/**
 * Unpacks a backup into a directory that is made for it, and checks it whole: each file by its hash, the stores by their own checks, the
 * audit log by its chain. Rejects with `config.invalid` (no file there, or of a later form), `store.newer_schema` or `store.corrupt`.
 */
export async function unpackBackup(file: string, directory: string): Promise<Manifest> {
  await access(file).catch((cause: unknown) => {
    throw new GatewayError('config.invalid', `${file} cannot be read.`, {
      remedy: 'Name a file that `threadbridge backup` has written.',
      certain: true,
      cause,
    });
  });
  await mkdir(directory, { mode: 0o700 });
  try {
    // What is no plain file of ours is left in the archive.
    const filter = ({ name, type }: TarHeader) => type === 'file' && isPart(name);
    const unpack = unpackTar(directory, { strict: true, filter, dmode: 0o700, fmode: 0o600 });
    await pipeline(createReadStream(file), createGunzip(), unpack);
  } catch (cause) {
    throw damaged(file, 'it cannot be unpacked', cause);
  }
  const manifest = await readManifest(file, directory);
  const found = JSON.stringify(await describeFiles(directory));
  if (found !== JSON.stringify(manifest.files.toSorted((a, b) => (a.path < b.path ? -1 : 1))))
    throw damaged(file, 'its files are not those it was made of');
  for (const store of [parts.store, parts.nativeApiStore]) {
    if (manifest.files.some(({ path }) => path === store)) await checkStore(join(directory, store), file);
  }
  return manifest;
}

/** Throws where a copy of a store is not sound in itself. */
export async function checkStore(path: string, of: string): Promise<void> {
  await using log = await openSqliteAudit({ path });
  const [damage] = await log.checkIntegrity();
  if (damage !== undefined) throw damaged(of, `its store is damaged: ${damage}`);
  const verdict = await verifyAudit(log);
  if (!verdict.isWhole) throw damaged(of, `its audit log is not whole: record ${verdict.brokenAt} is ${verdict.reason}`);
}

async function readManifest(file: string, directory: string): Promise<Manifest> {
  let found: unknown;
  try {
    found = JSON.parse(await readFile(join(directory, parts.manifest), 'utf8'));
  } catch (cause) {
    throw damaged(file, 'it says nothing of itself', cause);
  }
  const known = manifestSchema.safeParse(found);
  if (known.success) return known.data;
  const other = anyFormSchema.safeParse(found);
  if (!other.success || other.data.form === 1) throw damaged(file, 'what it says of itself cannot be understood');
  throw new GatewayError(
    'config.invalid',
    `${file} was made by version ${other.data.program}, in a form this one does not know.`,
    {
      remedy: 'Update Threadbridge.',
      certain: true,
    },
  );
}

export function damaged(file: string, why: string, cause?: unknown): GatewayError {
  return new GatewayError('store.corrupt', `The backup ${file} is of no use: ${why}. Nothing was changed.`, {
    remedy: 'Use another backup; the profile is as it was.',
    certain: true,
    cause,
  });
}
