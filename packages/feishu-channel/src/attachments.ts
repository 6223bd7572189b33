import { Readable } from 'node:stream';
import { type Attachment, GatewayError } from '@threadbridge/contract';
import type { Api } from './api/api.ts';
import { textAt } from './json.ts';

/** Fetches a file of a message. */
export async function fetchAttachment(
  api: Api,
  attachment: Attachment,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const { ref } = attachment;
  const message = textAt(ref, 'message');
  const key = textAt(ref, 'key');
  if (message === undefined || key === undefined)
    throw new GatewayError('channel.rejected', 'This attachment is not from a Feishu channel.', { certain: true });
  const stream = await api.download({
    method: 'GET',
    path: `im/v1/messages/${encodeURIComponent(message)}/resources/${encodeURIComponent(key)}`,
    params: { type: textAt(ref, 'type') ?? 'file' },
    signal,
  });
  return Readable.toWeb(Readable.from(stream, { objectMode: false })) as ReadableStream<Uint8Array>;
}
