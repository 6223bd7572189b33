import { isObject } from '../../json.ts';
import { type ContentConverter, onlyText } from './converted.ts';

/** The words on a card, in order: full cards, and the simplified form that the API gives of other apps' cards. */
export const interactive: ContentConverter = (content) => {
  const words: string[] = [];
  visit(content, words, 0);
  const text = words.join('\n').trim();
  return onlyText(text === '' ? '[card]' : `[card]\n${text}`);
};

/** Places in a card that hold no words for people. */
const silent = new Set([
  'value',
  'config',
  'behaviors',
  'element_id',
  'tag',
  'template',
  'icon',
  'img_key',
  'image_key',
  'url',
  'href',
]);

function visit(value: unknown, words: string[], depth: number): void {
  if (depth > 12 || words.length > 200) return;
  if (Array.isArray(value)) {
    for (const one of value) visit(one, words, depth + 1);
    return;
  }
  if (!isObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (silent.has(name)) continue;
    if (typeof inner === 'string') {
      if (['content', 'text', 'title', 'subtitle'].includes(name) && inner.trim() !== '') words.push(inner);
    } else visit(inner, words, depth + 1);
  }
}
