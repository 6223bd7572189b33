import type { Clock, Logger } from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { fromItem, type InboundMessage } from '../convert/inbound.ts';
import { isObject, listAt, textAt } from '../json.ts';
import type { KnownPlace, Position } from './position.ts';

/** How far before the last handled message it is read again: events of one moment come in any order. */
const overlapMs = 10 * 60_000;
const maxPages = 20;

/** A message of a person this old that no event told of says that the connection is deaf; of other bots and of the platform none tells. */
const deafAfterMs = 30_000;

export interface BackfillOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly position: Pick<Position, 'hold'>;
  readonly signal: AbortSignal;
  /** Whether a message was handled, is on its way, or is our own. */
  readonly isKnown: (message: InboundMessage) => boolean;
  /** Hands a message on; resolves when it was handled. */
  readonly take: (message: InboundMessage) => Promise<void>;
}

/**
 * Makes what reads in conversations the messages that events did not tell of, and hands them on. It answers with how many of them were so old that the
 * connection seems to be deaf.
 */
export function createBackfill(options: BackfillOptions): (places: readonly KnownPlace[]) => Promise<number> {
  const { api, clock, logger, position, signal } = options;
  /** Conversations whose reading failed: they are held until it succeeds. */
  const owed = new Map<string, () => void>();

  return async (places) => {
    let unheard = 0;
    for (const place of places) {
      if (signal.aborted) return 0;
      const release = position.hold(place.conversation);
      try {
        const found = (await readMissed(api, place, signal)).filter((one) => !options.isKnown(one));
        unheard += found.filter((one) => !one.sender.isBot && clock.now() - one.at > deafAfterMs).length;
        const before = owed.get(place.conversation);
        owed.delete(place.conversation);
        void Promise.allSettled(found.map(options.take)).then(() => {
          release();
          before?.();
        });
      } catch (error) {
        if (owed.has(place.conversation)) release();
        else owed.set(place.conversation, release);
        logger.info({ error: error instanceof Error ? error.message : String(error) }, 'missed messages could not be read');
      }
    }
    if (unheard > 0) logger.warn({ unheard }, 'messages that no event told of were fetched');
    return unheard;
  };
}

/** What people wrote in a conversation since the last handled message, oldest first, some of it handled already. */
async function readMissed(api: Api, place: KnownPlace, signal: AbortSignal): Promise<readonly InboundMessage[]> {
  const [chat = '', topic] = place.conversation.split('/');
  const from = Math.max(0, place.at - overlapMs);
  const found: InboundMessage[] = [];
  let token: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const answer = await api.call({
      method: 'GET',
      path: 'im/v1/messages',
      params: {
        container_id_type: topic === undefined ? 'chat' : 'thread',
        container_id: topic ?? chat,
        // Topics take no times, so they are read from their end.
        ...(topic === undefined && { start_time: Math.floor(from / 1_000) }),
        sort_type: topic === undefined ? 'ByCreateTimeAsc' : 'ByCreateTimeDesc',
        page_size: 50,
        ...(token !== undefined && { page_token: token }),
      },
      signal,
    });
    const items = listAt(answer.data, 'items').flatMap((item) => fromItem(item, place.kind) ?? []);
    found.push(...items.filter((one) => one.at >= from && !one.isDeleted));
    token = textAt(answer.data, 'page_token');
    const isDone = !(isObject(answer.data) && answer.data.has_more === true) || token === undefined;
    if (isDone || (topic !== undefined && items.some((one) => one.at < from))) break;
  }
  return topic === undefined ? found : found.toReversed();
}
