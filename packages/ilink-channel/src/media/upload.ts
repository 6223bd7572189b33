import { createHash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { type Artifact, GatewayError, type JsonObject } from '@threadbridge/contract';
import type { Api } from '../api/call.ts';
import { getUploadUrl } from '../api/get-upload-url.ts';
import { HttpStatusError, unreachable } from '../errors.ts';
import { seal, sealedSize } from './aes.ts';
import { askCdn, type CdnOptions } from './cdn.ts';

export interface Uploader {
  readonly api: Api;
  readonly cdn: CdnOptions;
  readonly maxFileBytes: number;
  readonly apiTimeoutMs: number;
}

const maxTries = 3;

/** What is uploaded. */
export interface Upload {
  readonly kind: 'image' | 'video' | 'file';
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Puts a file on the CDN and makes the item that shows it, see {@link upload}. */
export async function uploadFile(uploader: Uploader, file: Artifact, to: string, signal?: AbortSignal): Promise<JsonObject> {
  const bytes = await readArtifact(file, uploader.maxFileBytes);
  return upload(uploader, { kind: kindOf(file), name: file.name, bytes }, to, signal);
}

/** Puts bytes on the CDN and makes the item that shows them. Nothing of it is visible to anybody before that item is sent. */
export async function upload(
  uploader: Uploader,
  { kind, name, bytes: plain }: Upload,
  to: string,
  signal?: AbortSignal,
): Promise<JsonObject> {
  const key = randomBytes(16);
  const sealed = seal(plain, key);
  const fileKey = randomBytes(16).toString('hex');
  const target = await getUploadUrl(
    uploader.api,
    {
      kind,
      to,
      fileKey,
      aesKey: key.toString('hex'),
      plainSize: plain.length,
      plainMd5: createHash('md5').update(plain).digest('hex'),
      sealedSize: sealedSize(plain.length),
    },
    { timeoutMs: uploader.apiTimeoutMs, ...(signal && { signal }) },
  );
  const url =
    'url' in target
      ? target.url
      : `${uploader.cdn.cdnBaseUrl}/upload?encrypted_query_param=${encodeURIComponent(target.parameter)}&filekey=${fileKey}`;
  const handle = await put(uploader.cdn, url, sealed, signal);
  return toItem(kind, name, plain.length, sealed.length, {
    encrypt_query_param: handle,
    // Base64 of the hex digits as text; of the raw bytes it is accepted, and the phone shows a grey picture.
    aes_key: Buffer.from(key.toString('hex'), 'latin1').toString('base64'),
    encrypt_type: 1,
  });
}

function toItem(kind: Upload['kind'], name: string, plainSize: number, size: number, media: JsonObject): JsonObject {
  switch (kind) {
    case 'image':
      return { type: 2, image_item: { media, mid_size: size } };
    case 'video':
      return { type: 5, video_item: { media, video_size: size } };
    case 'file':
      return { type: 4, file_item: { media, file_name: name, len: String(plainSize) } };
  }
}

/** Voice items are accepted and not shown on phones, so audio goes as a file. */
function kindOf(file: Artifact): Upload['kind'] {
  if (file.mediaType.startsWith('image/') && !file.mediaType.startsWith('image/svg')) return 'image';
  return file.mediaType.startsWith('video/') ? 'video' : 'file';
}

async function readArtifact(file: Artifact, maxBytes: number): Promise<Buffer> {
  const refuse = (message: string, cause?: unknown) =>
    new GatewayError('channel.rejected', message, { certain: true, ...(cause !== undefined && { cause }) });
  try {
    const { size } = await stat(file.path);
    if (size > maxBytes) throw refuse(`The file "${file.name}" has ${size} bytes; ${maxBytes} are allowed.`);
    const bytes = await readFile(file.path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== file.sha256) throw refuse(`The file "${file.name}" has changed since it was chosen for sending.`);
    return bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && !('certain' in error)) {
      throw refuse(`The file "${file.name}" cannot be read (${error.code}).`, error);
    }
    throw error;
  }
}

/** Uploads again where that can help; an upload alone shows nothing, so a repetition does no harm. */
async function put(cdn: CdnOptions, url: string, sealed: Uint8Array, signal?: AbortSignal): Promise<string> {
  let failure: unknown;
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    try {
      const response = await askCdn(
        cdn,
        url,
        { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: sealed as Uint8Array<ArrayBuffer> },
        signal,
      );
      await response.body?.cancel();
      const handle = response.headers.get('x-encrypted-param');
      if (response.status === 200 && handle !== null && handle !== '') return handle;
      if (response.status >= 400 && response.status < 500) {
        const code = response.headers.get('x-error-code') ?? '';
        throw new GatewayError(
          'channel.rejected',
          `WeChat does not take this file (HTTP status ${response.status}${/^-?\d+$/.test(code) ? `, ${code}` : ''}).`,
          { certain: true },
        );
      }
      failure = unreachable('an upload', new HttpStatusError(response.status));
    } catch (error) {
      if (signal?.aborted || (error instanceof GatewayError && error.code !== 'channel.unreachable')) throw error;
      failure = error;
    }
  }
  // Nobody can see an upload whose item was never sent.
  throw new GatewayError('channel.unreachable', 'The file could not be uploaded to WeChat.', {
    certain: true,
    retry: 'backoff',
    cause: failure,
  });
}
