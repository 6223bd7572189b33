import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Artifact } from '@threadbridge/contract';

const shownInPlace: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** A file that was said in a chat. Pictures are shown, everything else is only ever saved; undefined where it is not there any more. */
export async function artifactResponse(file: Artifact): Promise<Response | undefined> {
  const found = await stat(file.path).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  const isPicture = shownInPlace.has(file.mediaType);
  const name = encodeURIComponent(file.name).replaceAll("'", '%27');
  return new Response(Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': isPicture ? file.mediaType : 'application/octet-stream',
      'content-length': String(found.size),
      'content-disposition': `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  });
}
