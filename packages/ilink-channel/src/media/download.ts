import { GatewayError, isGatewayError } from '@threadbridge/contract';
import { HttpStatusError, unreachable } from '../errors.ts';
import { unsealing } from './aes.ts';
import { askCdn, type CdnOptions } from './cdn.ts';
import type { MediaRef } from './media-ref.ts';

/**
 * The plaintext of an inbound file. Errors while it is read where it grows beyond the cap, breaks off, has another size than its sender
 * said, or cannot be decrypted: then none of it is to be used.
 */
export async function download(
  cdn: CdnOptions,
  ref: MediaRef,
  maxBytes: number,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const body = await open(cdn, ref, signal);
  const capped = body.pipeThrough(capping(maxBytes + 16));
  const plain = ref.key === undefined ? capped : capped.pipeThrough(unsealing(Buffer.from(ref.key, 'hex')));
  return explained(plain, ref, maxBytes);
}

async function open(cdn: CdnOptions, ref: MediaRef, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const byHandle =
    ref.handle === undefined ? [] : [`${cdn.cdnBaseUrl}/download?encrypted_query_param=${encodeURIComponent(ref.handle)}`];
  const addresses = ref.url === undefined ? byHandle : [ref.url, ...byHandle];
  let failure: unknown;
  for (const address of addresses) {
    try {
      const response = await askCdn(cdn, address, { method: 'GET' }, signal);
      if (response.ok && response.body !== null) return response.body;
      await response.body?.cancel();
      failure =
        response.status >= 400 && response.status < 500
          ? new GatewayError('channel.target_gone', `WeChat no longer has the file (HTTP status ${response.status}).`, {
              certain: true,
            })
          : unreachable('a download', new HttpStatusError(response.status));
    } catch (error) {
      if (!isGatewayError(error) || signal.aborted) throw error;
      failure = error;
    }
  }
  throw failure;
}

class TooLarge extends Error {}

function capping(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let sizeBytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw new TooLarge();
      controller.enqueue(chunk);
    },
  });
}

/** The same bytes, with errors that say what happened. */
function explained(plain: ReadableStream<Uint8Array>, ref: MediaRef, maxBytes: number): ReadableStream<Uint8Array> {
  const reader = plain.getReader();
  let sizeBytes = 0;
  const tooLarge = () =>
    new GatewayError('channel.rejected', `The file is larger than the ${maxBytes} bytes allowed here.`, { certain: true });
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const step = await reader.read().catch((error: unknown) => {
        throw error instanceof TooLarge
          ? tooLarge()
          : isCipherError(error)
            ? unreadable(error)
            : unreachable('a download', error);
      });
      if (!step.done) {
        sizeBytes += step.value.length;
        if (sizeBytes > maxBytes) throw tooLarge();
        controller.enqueue(step.value);
        return;
      }
      if (ref.sizeBytes !== undefined && ref.sizeBytes !== sizeBytes) throw unreadable(undefined);
      controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function isCipherError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_OSSL');
}

function unreadable(cause: unknown): GatewayError {
  return new GatewayError('channel.rejected', 'The file from WeChat could not be decrypted, or is not the one that was sent.', {
    certain: true,
    cause,
    remedy: 'Ask the sender to send it again.',
  });
}
