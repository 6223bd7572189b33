import { ApiError } from '../api-error.ts';
import { parseJsonObject } from '../request/json-text.ts';

/** The JSON object of a POST. Throws 415, 413 or 400. */
export async function readJsonBody(request: Request, maxBytes: number): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) {
    throw new ApiError(415, 'invalid_request_error', 'unsupported_media_type', 'Send the body as application/json.');
  }
  const encoding = request.headers.get('content-encoding');
  if (encoding !== null && encoding !== 'identity') {
    throw new ApiError(415, 'invalid_request_error', 'unsupported_media_type', 'Send the body without compression.');
  }
  return parseJsonObject(await readBytes(request, maxBytes));
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, sizeBytes);
    sizeBytes += value.byteLength;
    if (sizeBytes > maxBytes) {
      await reader.cancel().catch(() => {});
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
}

function join(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError(413, 'invalid_request_error', 'request_too_large', `The body is larger than ${maxBytes} bytes.`, {
    headers: { connection: 'close' },
  });
}
