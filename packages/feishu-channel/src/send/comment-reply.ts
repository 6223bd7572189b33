import { asId, type EffectKey, type MessageId, type SentMessage } from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { createRecent } from '../api/recent.ts';
import { hasCode } from '../errors.ts';
import { isObject, listAt, numberAt, objectAt, textAt } from '../json.ts';
import { toPlain } from '../markdown/plain.ts';
import { safeMarkdown } from '../markdown/safe.ts';
import type { FeishuReply, Place } from '../scope.ts';

type CommentPlace = Extract<Place, { readonly type: 'comment' }>;

/** Answers in a comment, in plain text; on the whole document, which takes no replies, by a comment of our own. */
export type CommentReplier = (
  place: CommentPlace,
  markdown: string,
  own: { readonly reply: FeishuReply; readonly key: EffectKey; readonly bot: string; readonly signal?: AbortSignal | undefined },
) => Promise<SentMessage>;

export function createCommentReplier(api: Api): CommentReplier {
  const said = createRecent<SentMessage>(1_000);

  return async (place, markdown, { reply, key, bot, signal }) => {
    const known = said.get(key);
    if (known !== undefined) return known;
    const text = toPlain(safeMarkdown(markdown));
    // Comments know no idempotency key: what stands there already, word for word behind the question, is not said again.
    const sent = (await findAnswer(place, text, reply, bot, signal)) ?? (await say(place, text, signal));
    said.set(key, sent);
    return sent;
  };

  async function say(place: CommentPlace, text: string, signal: AbortSignal | undefined): Promise<SentMessage> {
    const base = `drive/v1/files/${encodeURIComponent(place.file)}/comments`;
    const params = { file_type: place.fileType, user_id_type: 'open_id' };
    const content = { elements: [{ type: 'text_run', text_run: { text } }] };
    try {
      const path = `${base}/${encodeURIComponent(place.comment)}/replies`;
      return toSent(await api.call({ method: 'POST', path, params, data: { content }, signal }));
    } catch (error) {
      if (!hasCode(error, [1_069_302])) throw error;
      const data = { reply_list: { replies: [{ content }] } };
      return toSent(await api.call({ method: 'POST', path: base, params, data, signal }));
    }
  }

  async function findAnswer(
    place: CommentPlace,
    text: string,
    reply: FeishuReply,
    bot: string,
    signal: AbortSignal | undefined,
  ): Promise<SentMessage | undefined> {
    const asked = reply.asked;
    if (asked === undefined) return undefined;
    const answer = await api.call({
      method: 'GET',
      path: `drive/v1/files/${encodeURIComponent(place.file)}/comments`,
      params: { file_type: place.fileType, user_id_type: 'open_id', page_size: 100 },
      signal,
    });
    for (const comment of listAt(answer.data, 'items')) {
      const replies = listAt(objectAt(comment, 'reply_list'), 'replies');
      const isThis = textAt(comment, 'comment_id') === place.comment;
      const isOwn = isObject(comment) && comment.is_whole === true && textAt(replies[0], 'user_id') === bot;
      const from = isThis ? replies.findIndex((one) => textAt(one, 'reply_id') === asked.reply) + 1 : 0;
      if (!isThis && !isOwn) continue;
      const found = replies
        .slice(from)
        .find(
          (one) =>
            textAt(one, 'user_id') === bot &&
            (numberAt(one, 'create_time') ?? 0) * 1_000 >= asked.at - 1_000 &&
            wordsOf(one) === text,
        );
      if (found !== undefined) return { id: asId<MessageId>(textAt(found, 'reply_id') ?? '') };
    }
    return undefined;
  }
}

function wordsOf(reply: unknown): string {
  return listAt(objectAt(reply, 'content'), 'elements')
    .map((one) => textAt(objectAt(one, 'text_run'), 'text') ?? '')
    .join('');
}

function toSent(answer: unknown): SentMessage {
  const data = objectAt(answer, 'data');
  const id = textAt(data, 'reply_id') ?? textAt(data, 'comment_id');
  return id === undefined ? {} : { id: asId<MessageId>(id) };
}
