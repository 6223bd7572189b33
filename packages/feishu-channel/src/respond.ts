import {
  isGatewayError,
  type JsonObject,
  type OutboundMessage,
  type ReplyContext,
  type RespondOptions,
} from '@threadbridge/contract';
import type { Api } from './api/api.ts';
import { maxCardBytes } from './card/card-json.ts';
import { messageCard, summaryOf } from './card/message-card.ts';
import { jsonBytes } from './json.ts';
import type { ClickDesk } from './receive/click-desk.ts';
import { readReply } from './scope.ts';
import { toUuid } from './send/key.ts';
import type { Words } from './words.ts';

const toastCharacters = 160;

/**
 * Answers a click: in time with a toast and the card as it shall stand from now on; later by changing the card; where that cannot be done
 * (a card that is to stay as it is; a run's card, which others go on changing; an old one) by a toast alone, or later by a reply to it.
 */
export function createResponder(
  api: Api,
  clicks: ClickDesk,
  words: Words,
): (reply: ReplyContext, message: OutboundMessage, options?: RespondOptions) => Promise<void> {
  return async (context, message, { keepsMessage } = {}) => {
    const { click, message: id } = readReply(context);
    const card = messageCard(message, words);
    const replaces = !keepsMessage && click?.isLive !== true && jsonBytes(card) <= maxCardBytes;
    const toast = { type: keepsMessage ? 'info' : 'success', content: summaryOf(message.markdown, toastCharacters) };
    if (click !== undefined && clicks.answer(click.id, { toast, ...(replaces && { card: { type: 'raw', data: card } }) })) return;
    if (id === undefined) return;
    const path = `im/v1/messages/${encodeURIComponent(id)}`;
    const content = JSON.stringify(card);
    if (replaces) {
      try {
        await api.call({ method: 'PATCH', path, data: { content } });
        return;
      } catch (error) {
        if (!isGatewayError(error) || !error.certain) throw error;
      }
    }
    const data: JsonObject = {
      msg_type: 'text',
      content: JSON.stringify({ text: message.markdown }),
      uuid: toUuid(click?.id ?? id, 'respond'),
    };
    await api.call({ method: 'POST', path: `${path}/reply`, data });
  };
}
