import type { Clock, JsonObject } from '@threadbridge/contract';
import { GatewayError, isGatewayError } from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import type { Pace } from '../api/pace.ts';
import { hasCode } from '../errors.ts';
import { isObject, listAt, numberAt, textAt } from '../json.ts';
import type { Lookups } from '../receive/lookups.ts';
import type { FeishuReply, Place } from '../scope.ts';

/** A message in the platform's form. */
export interface Post {
  readonly type: 'text' | 'post' | 'interactive' | 'image' | 'file' | 'audio' | 'media';
  readonly content: JsonObject;
}

export interface PostTarget {
  readonly place: Extract<Place, { readonly type: 'chat' }>;
  readonly isPrivate: boolean;
  readonly reply: FeishuReply;
}

/** What the platform made of it. */
export interface Posted {
  readonly id: string;
  /** Epoch ms on the platform's clock. An old one: this message was accepted before, under the same uuid. */
  readonly at: number;
}

export interface PosterOptions {
  readonly api: Api;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly lookups: Lookups;
}

export type Poster = (target: PostTarget, post: Post, uuid: string, signal?: AbortSignal) => Promise<Posted>;

/** The message to reply to is not there any more; the chat may be. */
const replyGone = [230_011, 230_110, 231_003, 230_019, 230_050, 230_001];
const maxAttempts = 3;

/** Puts messages where they belong: into the topic, as a reply in a group, plainly in a private chat. */
export function createPoster({ api, pace, clock, lookups }: PosterOptions): Poster {
  return async (target, post, uuid, signal) => {
    const { place, reply } = target;
    const body = { msg_type: post.type, content: JSON.stringify(post.content), uuid };
    const create = () =>
      call(target, signal, {
        path: 'im/v1/messages',
        params: { receive_id_type: 'chat_id' },
        data: { ...body, receive_id: place.chat },
      });
    const replyTo = (message: string) =>
      call(target, signal, { path: `im/v1/messages/${encodeURIComponent(message)}/reply`, data: body });
    if (place.topic === undefined && (target.isPrivate || reply.message === undefined)) return create();
    if (reply.message !== undefined) {
      try {
        return await replyTo(reply.message);
      } catch (error) {
        if (!isGatewayError(error) || !error.certain || !hasCode(error, replyGone)) throw error;
        // 230001 is the word for a bad content as well; a plain message would fail in the same way and says so.
        if (place.topic === undefined) return create();
      }
    }
    // A plain message into a topic would open a new one.
    const other = await anyMessageOf(place.topic ?? '', reply.message, signal);
    if (other !== undefined) return replyTo(other);
    throw new GatewayError('channel.target_gone', 'There is no message left in this topic to reply to.', { certain: true });
  };

  async function call(
    target: PostTarget,
    signal: AbortSignal | undefined,
    request: { readonly path: string; readonly params?: Readonly<Record<string, string>>; readonly data: JsonObject },
  ): Promise<Posted> {
    for (let attempt = 1; ; attempt += 1) {
      await pace.wait(target.place.chat, signal);
      try {
        const answer = await api.call({ method: 'POST', ...request, signal });
        const data = isObject(answer.data) ? answer.data : {};
        const id = textAt(data, 'message_id') ?? '';
        const topic = textAt(data, 'thread_id') ?? target.place.topic;
        lookups.places.set(id, {
          chat: target.place.chat,
          kind: target.isPrivate ? 'private' : 'group',
          ...(topic !== undefined && { topic }),
        });
        return { id, at: numberAt(data, 'create_time') ?? clock.now() };
      } catch (error) {
        // The limit of a group is shared by all its bots, so that our own pace is not enough.
        const isHasty = isGatewayError(error) && error.code === 'channel.rate_limited' && typeof error.retry === 'object';
        if (!isHasty || attempt === maxAttempts || signal?.aborted) throw error;
        await clock.sleep(typeof error.retry === 'object' ? error.retry.afterMs : 0, signal);
      }
    }
  }

  async function anyMessageOf(topic: string, except: string | undefined, signal?: AbortSignal): Promise<string | undefined> {
    const answer = await api.call({
      method: 'GET',
      path: 'im/v1/messages',
      params: { container_id_type: 'thread', container_id: topic, sort_type: 'ByCreateTimeDesc', page_size: 20 },
      signal,
    });
    const item = listAt(answer.data, 'items').find(
      (one) => textAt(one, 'message_id') !== except && isObject(one) && one.deleted !== true,
    );
    return textAt(item, 'message_id');
  }
}
