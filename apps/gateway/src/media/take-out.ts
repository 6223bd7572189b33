import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Files, TakenOut } from '@threadbridge/core';
import { headBytes, mediaTypeOf } from './media-type.ts';
import { readMade } from './read-made.ts';
import { safeName } from './safe-name.ts';
import { incomingFolder } from './take-in.ts';

/** Where copies of what was sent are. */
const sentFolder = 'sent';

/** Copies a file to `sent/<hash>/<name>`; what was read and judged is what is written. */
export async function takeOut(media: string, wanted: Parameters<Files['takeOut']>[0]): Promise<TakenOut> {
  const read = await readMade(wanted.path, wanted.workspace);
  if (!read.isOpen) return { isTaken: false, reason: read.reason };
  const { content } = read;
  const sha256 = createHash('sha256').update(content).digest('hex');
  if (sha256 !== wanted.sha256) return { isTaken: false, reason: 'changed' };
  const name = safeName(basename(read.name));
  const { mediaType } = await mediaTypeOf(content.subarray(0, headBytes), name);
  const folder = join(media, sentFolder, sha256);
  const draft = join(media, incomingFolder, randomUUID());
  try {
    for (const path of [folder, join(media, incomingFolder)]) await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
    await rename(draft, join(folder, name));
  } catch {
    return { isTaken: false, reason: 'unreadable' };
  } finally {
    await rm(draft, { force: true });
  }
  return { isTaken: true, file: { path: join(folder, name), name, sizeBytes: content.length, mediaType, sha256 } };
}
