import type { JsonObject } from '@threadbridge/contract';
import { isObject, listAt, numberAt, textAt } from '../../json.ts';
import { type ContentConverter, onlyText } from './converted.ts';

const tagged =
  (name: string, ...fields: readonly string[]): ContentConverter =>
  (content) =>
    onlyText(`[${[name, ...fields.map((field) => textAt(content, field)).filter((one) => one !== undefined)].join(' ')}]`);

export const shareChat = tagged('shared group', 'chat_id');
export const shareUser = tagged('shared contact', 'user_id');
export const hongbao = tagged('red packet');
export const videoChat = tagged('video meeting', 'topic');

export const location: ContentConverter = (content) =>
  onlyText(
    `[location ${[textAt(content, 'name'), textAt(content, 'latitude'), textAt(content, 'longitude')].filter((one) => one !== undefined).join(' ')}]`,
  );

export const calendar: ContentConverter = (content) => {
  const times = ['start_time', 'end_time'].map((name) => numberAt(content, name)).filter((one) => one !== undefined);
  const when = times.map((ms) => new Date(ms).toISOString()).join(' to ');
  return onlyText(`[event ${[textAt(content, 'summary'), when].filter((one) => one !== undefined && one !== '').join(', ')}]`);
};

export const todo: ContentConverter = (content) => {
  const words = paragraphs(isObject(content.summary) ? content.summary : {});
  const due = numberAt(content, 'due_time');
  return onlyText(`[task] ${words}${due === undefined || due === 0 ? '' : ` (due ${new Date(due).toISOString()})`}`);
};

export const vote: ContentConverter = (content) => {
  const options = listAt(content, 'options').filter((one) => typeof one === 'string');
  return onlyText([`[poll] ${textAt(content, 'topic') ?? ''}`, ...options.map((one) => `- ${one}`)].join('\n'));
};

/** "A joined": a template with the names beside it. */
export const system: ContentConverter = (content) => {
  const template = textAt(content, 'template') ?? '';
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = content[name];
    return Array.isArray(value)
      ? value.filter((one) => typeof one === 'string').join(', ')
      : typeof value === 'string'
        ? value
        : '';
  });
  return onlyText(`[notice] ${filled}`.trim());
};

function paragraphs(summary: JsonObject): string {
  const lines = listAt(summary, 'content').map((paragraph) =>
    (Array.isArray(paragraph) ? paragraph : []).map((piece) => textAt(piece, 'text') ?? '').join(''),
  );
  return [textAt(summary, 'title'), ...lines].filter((line) => line !== undefined && line !== '').join(' ');
}
