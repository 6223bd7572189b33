import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { type FileBlock, isSensitivePath } from '@threadbridge/core';
import { holdsSecret } from './holds-secret.ts';

/** What people take on a phone; both platforms take it. */
const maxBytes = 20 * 1_048_576;

export type ReadMade =
  | { readonly isOpen: true; readonly real: string; readonly name: string; readonly content: Buffer }
  | { readonly isOpen: false; readonly reason: FileBlock };

/** Reads a file that may leave, and judges exactly what it has read: the path is opened once, and everything is asked of what was opened. */
export async function readMade(path: string, workspace: string): Promise<ReadMade> {
  const refuse = (reason: FileBlock): ReadMade => ({ isOpen: false, reason });
  try {
    const real = await realpath(path);
    const name = relative(workspace, real);
    if (!real.startsWith(workspace.endsWith(sep) ? workspace : workspace + sep)) return refuse('outside');
    if (isSensitivePath(name)) return refuse('name');
    // Opening a device can already do something, so it is looked at before.
    if (!(await lstat(real)).isFile()) return refuse('notRegular');
    const file = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await file.stat({ bigint: true });
      if (!found.isFile()) return refuse('notRegular');
      if (found.nlink > 1n) return refuse('linked');
      if (found.size > BigInt(maxBytes)) return refuse('size');
      if (found.size === 0n) return refuse('empty');
      if (!(await isStillThere(real, path, found))) return refuse('changed');
      const content = await readAll(file, Number(found.size));
      if (content === undefined) return refuse('changed');
      if (await holdsSecret(content)) return refuse('content');
      return { isOpen: true, real, name, content };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === undefined) throw error;
    return refuse(code === 'ENOENT' ? 'gone' : code === 'ELOOP' ? 'changed' : 'unreadable');
  }
}

/** Whether the path leads, without any link, to what was opened: a directory on the way may have been swapped for a link. */
async function isStillThere(real: string, path: string, opened: BigIntStats): Promise<boolean> {
  if ((await realpath(path)) !== real) return false;
  const now = await lstat(real, { bigint: true });
  return now.ino === opened.ino && now.dev === opened.dev;
}

/** The whole file, or undefined where it is longer or shorter than it was. */
async function readAll(file: FileHandle, sizeBytes: number): Promise<Buffer | undefined> {
  const content = Buffer.alloc(sizeBytes + 1);
  let length = 0;
  while (length < content.length) {
    const { bytesRead } = await file.read(content, length, content.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length === sizeBytes ? content.subarray(0, sizeBytes) : undefined;
}
