import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TakenOut } from '@threadbridge/core';
import { safeName } from './safe-name.ts';
import { incomingFolder } from './take-in.ts';

/** Where copies of what was sent are. */
const sentFolder = 'sent';

export interface SentContent {
  /** For people; made safe here. */
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** Writes what is to be sent to `sent/<hash>/<name>`. Nothing stands there before it is whole. */
export async function keepSent(media: string, { name: given, mediaType, content }: SentContent): Promise<TakenOut> {
  const name = safeName(given);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const folder = join(media, sentFolder, sha256);
  const draft = join(media, incomingFolder, randomUUID());
  try {
    for (const path of [folder, join(media, incomingFolder)]) await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
    await rename(draft, join(folder, name));
  } catch {
    return { isTaken: false, reason: 'unreadable' };
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
  return { isTaken: true, file: { path: join(folder, name), name, sizeBytes: content.length, mediaType, sha256 } };
}
