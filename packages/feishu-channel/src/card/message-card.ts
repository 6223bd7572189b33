import type { OutboundMessage } from '@threadbridge/contract';
import { safeMarkdown } from '../markdown/safe.ts';
import { limitTables, maxTables } from '../markdown/tables.ts';
import { button, type Card, markdown, row } from './card-json.ts';

const maxLabel = 60;

/** A message with its buttons as a card. Pure. */
export function messageCard(message: OutboundMessage): Card {
  const text = limitTables(safeMarkdown(message.markdown), maxTables);
  const buttons = (message.actions ?? []).map((action, index) =>
    button(
      `act_${index}`,
      Array.from(action.label).slice(0, maxLabel).join(''),
      { token: action.token },
      { type: action.style ?? 'default' },
    ),
  );
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: summaryOf(text) } },
    body: { elements: [markdown('text', text), ...(buttons.length === 0 ? [] : [row('actions', buttons)])] },
  };
}

/** The first words, for the list of chats and the notification. */
export function summaryOf(text: string): string {
  const flat = text
    .replaceAll(/[#*`>|~_]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return Array.from(flat).slice(0, 80).join('');
}
