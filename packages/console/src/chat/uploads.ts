import { randomUUID } from 'node:crypto';
import { type Attachment, GatewayError, type JsonValue } from '@threadbridge/contract';

/** Files that the page sent and a message is to carry. They are kept in memory, the oldest making room, and gone with the process. */
export interface Uploads {
  /** Answers with the name under which a message may carry it. */
  add(file: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array<ArrayBuffer> }): string;
  /** Throws `channel.rejected` where there is no such file. */
  attachment(id: string): Attachment;
  open(ref: JsonValue, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/** The most that one file may hold, bytes. */
export const maxUploadBytes = 32 * 1024 * 1024;
const maxKeptBytes = 4 * maxUploadBytes;

export function createUploads(): Uploads {
  const files = new Map<string, { readonly attachment: Attachment; readonly bytes: Uint8Array<ArrayBuffer> }>();

  return {
    add({ name, mediaType, bytes }) {
      const id = randomUUID();
      const attachment: Attachment = { kind: kindOf(mediaType), name, sizeBytes: bytes.length, mediaType, ref: { upload: id } };
      files.set(id, { attachment, bytes });
      let kept = Array.from(files.values(), (file) => file.bytes.length).reduce((sum, size) => sum + size, 0);
      for (const [old, file] of files) {
        if (kept <= maxKeptBytes) break;
        files.delete(old);
        kept -= file.bytes.length;
      }
      return id;
    },
    attachment(id) {
      const file = files.get(id);
      if (file === undefined) throw gone();
      return file.attachment;
    },
    async open(ref, signal) {
      signal.throwIfAborted();
      const id = typeof ref === 'object' && ref !== null && 'upload' in ref ? ref.upload : undefined;
      const file = typeof id === 'string' ? files.get(id) : undefined;
      if (file === undefined) throw gone();
      return new Blob([file.bytes]).stream();
    },
  };
}

function kindOf(mediaType: string): Attachment['kind'] {
  const [kind] = mediaType.split('/');
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file';
}

function gone(): GatewayError {
  return new GatewayError('channel.target_gone', 'A file that was added to a message on the console is not kept any more.', {
    remedy: 'Add it once more.',
    certain: true,
  });
}
