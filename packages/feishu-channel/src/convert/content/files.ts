import type { Attachment } from '@threadbridge/contract';
import { numberAt, textAt } from '../../json.ts';
import { type ContentConverter, fileRef, onlyText } from './converted.ts';

const one = (attachment: Attachment) => ({ text: '', attachments: [attachment] });

export const image: ContentConverter = (content, { message }) => {
  const key = textAt(content, 'image_key');
  return key === undefined ? onlyText('[image]') : one({ kind: 'image', ref: fileRef(message, key, 'image') });
};

const stored =
  (kind: 'file' | 'audio' | 'video'): ContentConverter =>
  (content, { message }) => {
    const key = textAt(content, 'file_key');
    if (key === undefined) return onlyText(`[${kind}]`);
    const name = textAt(content, 'file_name');
    const sizeBytes = numberAt(content, 'file_size');
    return one({
      kind,
      ...(name !== undefined && { name }),
      ...(sizeBytes !== undefined && { sizeBytes }),
      ...(kind === 'audio' && { mediaType: 'audio/ogg' }),
      ref: fileRef(message, key, 'file'),
    });
  };

export const file = stored('file');
export const audio = stored('audio');
export const media = stored('video');
export const folder: ContentConverter = (content) =>
  onlyText(`[folder ${textAt(content, 'file_name') ?? ''}]`.replace(' ]', ']'));
/** Stickers cannot be fetched. */
export const sticker: ContentConverter = () => onlyText('[sticker]');
