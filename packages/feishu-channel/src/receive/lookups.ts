import type { Clock, Logger } from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { createRecent, type Recent } from '../api/recent.ts';
import { fromItem, type InboundMessage } from '../convert/inbound.ts';
import { isObject, listAt, objectAt, textAt } from '../json.ts';
import type { ChatKind } from '../scope.ts';

/** What is known about a chat. */
export interface ChatFacts {
  readonly kind: ChatKind;
  readonly title?: string;
  /** Every message of it opens or continues a topic. */
  readonly isTopical: boolean;
}

/** Where a message stands. */
export interface MessagePlace {
  readonly chat: string;
  readonly topic?: string;
  readonly kind?: ChatKind;
}

/** Questions to the platform that its events leave open. Answers are remembered; trouble is no answer, never an error. */
export interface Lookups {
  /** The bot's open id. Throws where the platform cannot be asked. */
  bot(signal?: AbortSignal): Promise<string>;
  chat(id: string, signal?: AbortSignal): Promise<ChatFacts | undefined>;
  /** A message and what it holds; undefined where it cannot be read. */
  message(id: string, signal?: AbortSignal): Promise<readonly InboundMessage[] | undefined>;
  /** Where messages stand, as far as they were seen. */
  readonly places: Recent<MessagePlace>;
  /** Where a message stands, asking where it was not seen. */
  placeOf(message: string, signal?: AbortSignal): Promise<MessagePlace | undefined>;
}

const chatFactsLiveMs = 30 * 60_000;

export function createLookups(api: Api, { clock, logger }: { readonly clock: Clock; readonly logger: Logger }): Lookups {
  const chats = createRecent<{ readonly facts: ChatFacts; readonly at: number }>(500);
  const places = createRecent<MessagePlace>(10_000);
  let bot: Promise<string> | undefined;

  async function ask<T>(what: string, question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question();
    } catch (error) {
      logger.info({ what, error: error instanceof Error ? error.message : String(error) }, 'Feishu could not be asked');
      return undefined;
    }
  }

  const lookups: Lookups = {
    places,
    bot(signal) {
      bot ??= api.call({ method: 'GET', path: 'bot/v3/info', signal }).then(
        (answer) => textAt(objectAt(answer, 'bot'), 'open_id') ?? '',
        (error: unknown) => {
          bot = undefined;
          throw error;
        },
      );
      return bot;
    },
    async chat(id, signal) {
      const known = chats.get(id);
      if (known !== undefined && clock.now() - known.at < chatFactsLiveMs) return known.facts;
      const answer = await ask('chat', () => api.call({ method: 'GET', path: `im/v1/chats/${encodeURIComponent(id)}`, signal }));
      if (answer === undefined) return known?.facts;
      const data = isObject(answer.data) ? answer.data : {};
      const mode = textAt(data, 'chat_mode');
      const title = textAt(data, 'name');
      const facts: ChatFacts = {
        kind: mode === 'p2p' ? 'private' : 'group',
        isTopical: mode === 'topic' || textAt(data, 'group_message_type') === 'thread',
        ...(title !== undefined && { title }),
      };
      chats.set(id, { facts, at: clock.now() });
      return facts;
    },
    async message(id, signal) {
      const answer = await ask('message', () =>
        api.call({ method: 'GET', path: `im/v1/messages/${encodeURIComponent(id)}`, signal }),
      );
      if (answer === undefined) return undefined;
      return listAt(answer.data, 'items').flatMap((item) => fromItem(item) ?? []);
    },
    async placeOf(id, signal) {
      const known = places.get(id);
      if (known !== undefined) return known;
      const [message] = (await lookups.message(id, signal)) ?? [];
      if (message === undefined) return undefined;
      const place: MessagePlace = { chat: message.chat, ...(message.topic !== undefined && { topic: message.topic }) };
      places.set(id, place);
      return place;
    },
  };
  return lookups;
}
