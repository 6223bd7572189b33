import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Files, TakenOut } from '@threadbridge/core';
import { keepSent } from './keep-sent.ts';
import { headBytes, mediaTypeOf } from './media-type.ts';
import { readMade } from './read-made.ts';

/** Copies a file to where it is sent from; what was read and judged is what is written. */
export async function takeOut(media: string, wanted: Parameters<Files['takeOut']>[0]): Promise<TakenOut> {
  const read = await readMade(wanted.path, wanted.workspace);
  if (!read.isOpen) return { isTaken: false, reason: read.reason };
  const { content } = read;
  if (createHash('sha256').update(content).digest('hex') !== wanted.sha256) return { isTaken: false, reason: 'changed' };
  const name = basename(read.name);
  const { mediaType } = await mediaTypeOf(content.subarray(0, headBytes), name);
  return keepSent(media, { name, mediaType, content });
}
