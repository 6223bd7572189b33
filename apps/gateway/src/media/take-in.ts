import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, realpath, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScopeId } from '@threadbridge/contract';
import type { Incoming, TakenIn } from '@threadbridge/core';
import { headBytes, isAmong, mediaTypeOf } from './media-type.ts';
import { safeName, withEnding } from './safe-name.ts';

/** Where files are written before they have a name. */
export const incomingFolder = 'incoming';

/** The directory that runs of a conversation may read: alone in its parent, which is opened with it. */
function folderOf(media: string, scope: ScopeId): string {
  return join(media, createHash('sha256').update(scope).digest('hex').slice(0, 32), 'files');
}

/** Keeps a file as `<conversation>/files/<hash>/<name>`. Nothing stands there before it is whole. */
export async function takeIn(media: string, incoming: Incoming): Promise<TakenIn> {
  const folder = folderOf(media, incoming.scope);
  const waiting = join(media, incomingFolder);
  for (const path of [waiting, folder]) await mkdir(path, { recursive: true, mode: 0o700 });
  const draft = join(await realpath(waiting), randomUUID());
  try {
    const read = await write(draft, incoming);
    if (read === undefined) return { isTaken: false, reason: 'size' };
    const { sizeBytes, sha256, head } = read;
    if (sizeBytes === 0) return { isTaken: false, reason: 'empty' };
    const plainName = safeName(incoming.name);
    const { mediaType, ending } = await mediaTypeOf(head, plainName);
    if (!isAmong(mediaType, incoming.types)) return { isTaken: false, reason: 'type', mediaType };
    const name = withEnding(plainName, ending);
    const real = await realpath(folder);
    await mkdir(join(real, sha256), { recursive: true, mode: 0o700 });
    const path = join(real, sha256, name);
    // Where the same was here before, this is it again, as new as today.
    await rename(draft, path);
    await utimes(path, new Date(), new Date());
    return { isTaken: true, folder: real, file: { path, name, sizeBytes, mediaType, sha256 } };
  } finally {
    await rm(draft, { force: true });
  }
}

interface Written {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly head: Uint8Array;
}

/** Writes what the stream brings; undefined where it is more than allowed: the rest is not read. */
async function write(path: string, { stream, maxBytes, signal }: Incoming): Promise<Written | undefined> {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let sizeBytes = 0;
  const file: FileHandle = await open(path, 'wx', 0o600);
  try {
    // Leaving the loop cancels the stream.
    for await (const chunk of abortable(stream, signal)) {
      if (sizeBytes < headBytes) head.push(chunk.subarray(0, headBytes - sizeBytes));
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) return undefined;
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest('hex'), head: Buffer.concat(head) };
}

/** A channel's stream may hang without noticing the signal it was fetched with. */
async function* abortable(stream: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  if (signal.aborted) await reader.cancel(signal.reason).catch(() => {});
  const stop = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      // A cancelled stream ends as if it were whole.
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await reader.cancel().catch(() => {});
  }
}
