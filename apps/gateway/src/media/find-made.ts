import { createHash } from 'node:crypto';
import { lstat, stat } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import type { Files, MadeFile } from '@threadbridge/core';
import { headBytes, mediaTypeOf } from './media-type.ts';
import { readMade } from './read-made.ts';

/** How many files of one run are told of. */
const maxFiles = 50;

/** Looks at what a run may have made. The time of the last change counts, which no program can set back. */
export const findMade: Files['findMade'] = async ({ paths, workspace, since }) => {
  const made = new Map<string, MadeFile>();
  for (const given of paths) {
    if (made.size === maxFiles) break;
    const path = resolve(workspace, given);
    const changed = await changedAt(path);
    if (changed === undefined || changed.atMs < since) continue;
    const file = await judge(path, workspace, changed.sizeBytes);
    if (!made.has(file.path)) made.set(file.path, file);
  }
  return [...made.values()];
};

async function judge(path: string, workspace: string, sizeBytes: number): Promise<MadeFile> {
  const read = await readMade(path, workspace);
  if (!read.isOpen) {
    const inside = relative(workspace, path);
    const name = inside.startsWith('..') ? path : inside;
    return { path, name, sizeBytes, mediaType: '', sha256: '', blocked: read.reason };
  }
  const { real, name, content } = read;
  const { mediaType } = await mediaTypeOf(content.subarray(0, headBytes), basename(name));
  return { path: real, name, sizeBytes: content.length, mediaType, sha256: createHash('sha256').update(content).digest('hex') };
}

/** When a file, or the link that leads to it, was made or changed. Undefined: there is no such file. */
async function changedAt(path: string): Promise<{ readonly atMs: number; readonly sizeBytes: number } | undefined> {
  try {
    const [own, target] = await Promise.all([lstat(path), stat(path)]);
    return target.isDirectory() ? undefined : { atMs: Math.max(own.ctimeMs, target.ctimeMs), sizeBytes: target.size };
  } catch {
    // Most of what looks like a path is none.
    return undefined;
  }
}
