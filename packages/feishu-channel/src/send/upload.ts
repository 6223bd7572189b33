import { readFile } from 'node:fs/promises';
import { type Artifact, GatewayError } from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { textAt } from '../json.ts';
import type { Post } from './post-message.ts';

const maxImageBytes = 10 * 1024 * 1024;
const maxFileBytes = 30 * 1024 * 1024;
const images = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);
/** The platform's names of kinds; everything else is a stream of bytes. */
const fileTypes: readonly (readonly [RegExp, string])[] = [
  [/^audio\/(?:ogg|opus)/, 'opus'],
  [/^video\/mp4/, 'mp4'],
  [/pdf$/, 'pdf'],
  [/msword|wordprocessing/, 'doc'],
  [/ms-excel|spreadsheet/, 'xls'],
  [/ms-powerpoint|presentation/, 'ppt'],
];

/** Uploads a file and gives the message that shows it. Refuses what the platform would refuse before a byte is read. */
export async function uploadFile(api: Api, file: Artifact, signal?: AbortSignal): Promise<Post> {
  const isImage = images.has(file.mediaType) && file.sizeBytes <= maxImageBytes;
  if (file.sizeBytes === 0 || file.sizeBytes > maxFileBytes) {
    throw new GatewayError('channel.rejected', `Feishu takes files of 1 byte to 30 MB; this one has ${file.sizeBytes} bytes.`, {
      certain: true,
      remedy: 'Send a smaller file, or a link.',
    });
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(file.path);
  } catch (cause) {
    throw new GatewayError('channel.rejected', 'The file to send cannot be read.', { certain: true, cause });
  }
  if (isImage) {
    const data = await api.upload('im/v1/images', { image_type: 'message', image: bytes }, signal);
    return { type: 'image', content: { image_key: required(data, 'image_key') } };
  }
  const type = fileTypes.find(([pattern]) => pattern.test(file.mediaType))?.[1] ?? 'stream';
  const data = await api.upload('im/v1/files', { file_type: type, file_name: file.name, file: bytes }, signal);
  const content = { file_key: required(data, 'file_key') };
  return type === 'opus' ? { type: 'audio', content } : type === 'mp4' ? { type: 'media', content } : { type: 'file', content };
}

function required(data: unknown, name: string): string {
  const value = textAt(data, name);
  if (value !== undefined) return value;
  throw new GatewayError('channel.unreachable', `Feishu answered an upload without ${name}.`, {
    certain: true,
    retry: 'backoff',
  });
}
