import type { Attachment } from '@threadbridge/contract';
import { isObject, listAt, textAt } from '../../json.ts';
import { nameMentions } from '../mentions.ts';
import { type ContentContext, type ContentConverter, type Converted, fileRef } from './converted.ts';

/** Rich text: paragraphs of tagged pieces. Sent with a locale around it, received without. */
export const post: ContentConverter = (content, context) => {
  const body = Array.isArray(content.content)
    ? content
    : (Object.values(content).find((one) => isObject(one) && Array.isArray(one.content)) ?? content);
  const title = textAt(body, 'title');
  const attachments: Attachment[] = [];
  const paragraphs = listAt(body, 'content').map((paragraph) =>
    (Array.isArray(paragraph) ? paragraph : []).map((piece) => readPiece(piece, context, attachments)).join(''),
  );
  const lines = [...(title === undefined ? [] : [`**${title}**`]), ...paragraphs];
  return { text: lines.join('\n').trim(), attachments } satisfies Converted;
};

function readPiece(piece: unknown, context: ContentContext, attachments: Attachment[]): string {
  const words = textAt(piece, 'text') ?? '';
  switch (textAt(piece, 'tag')) {
    case 'a': {
      const href = textAt(piece, 'href');
      return href === undefined || href === words ? words : `[${words}](${href})`;
    }
    case 'at': {
      const key = textAt(piece, 'user_id') ?? '';
      const known = context.mentions.some((one) => one.key === key);
      return known ? nameMentions(key, context.mentions, context.bot) : `@${textAt(piece, 'user_name') ?? 'someone'}`;
    }
    case 'img': {
      const key = textAt(piece, 'image_key');
      if (key !== undefined) attachments.push({ kind: 'image', ref: fileRef(context.message, key, 'image') });
      return '';
    }
    case 'media': {
      const key = textAt(piece, 'file_key');
      if (key !== undefined) attachments.push({ kind: 'video', ref: fileRef(context.message, key, 'file') });
      return '';
    }
    case 'code_block':
      return `\`\`\`${(textAt(piece, 'language') ?? '').toLowerCase()}\n${words.replace(/\n$/, '')}\n\`\`\``;
    case 'hr':
      return '---';
    case 'emotion':
      return `:${textAt(piece, 'emoji_type') ?? ''}:`;
    default:
      return styled(words, piece);
  }
}

function styled(words: string, piece: unknown): string {
  const style = isObject(piece) && Array.isArray(piece.style) ? piece.style : [];
  const trimmed = words.trim();
  return trimmed !== '' && style.includes('bold') ? words.replace(trimmed, () => `**${trimmed}**`) : words;
}
