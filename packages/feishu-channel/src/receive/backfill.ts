import type { Api } from '../api/api.ts';
import { fromItem, type InboundMessage } from '../convert/inbound.ts';
import { isObject, listAt, textAt } from '../json.ts';
import type { KnownPlace } from './position.ts';

/** How far before the last handled message it is read again: events of one moment come in any order. */
const overlapMs = 10 * 60_000;
const maxPages = 20;

/** What people wrote in a conversation since the last handled message, oldest first, some of it handled already. */
export async function readMissed(api: Api, place: KnownPlace, signal: AbortSignal): Promise<readonly InboundMessage[]> {
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
