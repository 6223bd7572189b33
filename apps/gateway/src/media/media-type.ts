import { extname } from 'node:path';

/** How much of the beginning of a file is looked at. What is packed in it can grow no further than so little allows. */
export const headBytes = 16_384;

export interface MediaType {
  readonly mediaType: string;
  /** The ending that goes with it, where its content shows one. */
  readonly ending?: string;
}

const texts: Readonly<Record<string, string>> = {
  '.md': 'text/markdown',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.json': 'application/json',
};

/** What a file is by its first bytes. The name only tells kinds of text apart. */
export async function mediaTypeOf(head: Uint8Array, name: string): Promise<MediaType> {
  // Loaded with the first file.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head);
  if (found !== undefined) return { mediaType: found.mime.replace(/;.*$/, ''), ending: found.ext };
  if (!isText(head)) return { mediaType: 'application/octet-stream' };
  return { mediaType: texts[extname(name).toLowerCase()] ?? 'text/plain' };
}

/** Whether it reads as text in any encoding that keeps the control characters of ASCII. */
export function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c || byte === 0x1b);
}

/** Whether a type is among those of a list; `image/*` stands for all pictures. */
export function isAmong(mediaType: string, types: readonly string[]): boolean {
  return types.some((type) => type === mediaType || (type.endsWith('/*') && mediaType.startsWith(type.slice(0, -1))));
}
