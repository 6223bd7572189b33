import type { OutboundMessage } from '@threadbridge/contract';
import { safeMarkdown } from '../markdown/safe.ts';
import { limitTables, maxTables } from '../markdown/tables.ts';
import type { Words } from '../words.ts';
import { type Card, markdown, plainHeader } from './card-json.ts';
import { controlElements } from './controls.ts';

const titleCharacters = 100;

/** A message with its title and what can be done with it as a card. Pure. */
export function messageCard(message: OutboundMessage, words: Words): Card {
  const text = limitTables(safeMarkdown(message.markdown), maxTables);
  const title = message.title === undefined ? '' : Array.from(message.title).slice(0, titleCharacters).join('');
  const isGrave = message.actions?.some((action) => action.style === 'danger') ?? false;
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: summaryOf(title === '' ? text : `${title}: ${text}`) } },
    ...(title !== '' && { header: plainHeader(title, isGrave ? 'orange' : 'blue') }),
    body: { elements: [markdown('text', text), ...controlElements(message, { words })] },
  };
}

/** The first words without marks, for the list of chats, the notification and the answer to a click. */
export function summaryOf(text: string, characters = 80): string {
  const flat = text
    .replaceAll(/[#*`>|~_]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return Array.from(flat).slice(0, characters).join('');
}
