import { GatewayError } from '@threadbridge/contract';

/** The whole body, as long as it stays below the cap; nothing beyond is read. */
export async function readCapped(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw new GatewayError('channel.rejected', `What WeChat sent is larger than the ${maxBytes} bytes allowed here.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
