import type { Attachment } from '@threadbridge/contract';
import { type ContentConverter, onlyText } from './converted.ts';

const maxParts = 50;

/** Several messages forwarded as one. Their files are fetched under the id of the forward. */
export const mergeForward: ContentConverter = (_, { message, children, convert }) => {
  if (children === undefined) return onlyText('[forwarded messages that could not be read]');
  if (children.length === 0) return onlyText('[forwarded messages: none]');
  const attachments: Attachment[] = [];
  const parts = children.slice(0, maxParts).map((child) => {
    const part = convert(child, message);
    attachments.push(...part.attachments);
    const files = part.attachments.map((one) => `[${one.kind}${one.name === undefined ? '' : ` ${one.name}`}]`);
    const lines = [part.text, ...files].filter((line) => line !== '').join('\n');
    return `${new Date(child.at).toISOString().slice(0, 16).replace('T', ' ')} ${child.sender.id}:\n${lines.replaceAll(/^/gm, '  ')}`;
  });
  const rest = children.length - maxParts;
  const text = ['[forwarded messages]', ...parts, ...(rest > 0 ? [`[${rest} more]`] : [])].join('\n');
  return { text, attachments };
};
