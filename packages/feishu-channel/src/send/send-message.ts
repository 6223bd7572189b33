import {
  asId,
  checkLength,
  GatewayError,
  isGatewayError,
  type MessageId,
  type OutboundMessage,
  type Scope,
  type SendOptions,
  type SentMessage,
} from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { maxCardBytes } from '../card/card-json.ts';
import { messageCard } from '../card/message-card.ts';
import { jsonBytes } from '../json.ts';
import { safeMarkdown } from '../markdown/safe.ts';
import type { Lookups } from '../receive/lookups.ts';
import { readReply, toPlace } from '../scope.ts';
import type { Words } from '../words.ts';
import type { CommentReplier } from './comment-reply.ts';
import { toUuid } from './key.ts';
import type { Post, Posted, Poster, PostTarget } from './post-message.ts';
import { uploadFile } from './upload.ts';

/** How messages look: cards, rich text, or plain text. */
export type ReplyMode = 'card' | 'markdown' | 'text';

export interface SenderOptions {
  readonly api: Api;
  readonly lookups: Lookups;
  readonly post: Poster;
  readonly replyToComment: CommentReplier;
  readonly words: Words;
  readonly maxTextBytes: number;
  readonly modeOf: (scope: Scope) => ReplyMode;
}

/** Where a scope's messages go. */
export function toTarget(to: SendOptions): PostTarget | undefined {
  const place = toPlace(to.to);
  return place.type === 'chat' ? { place, isPrivate: to.to.kind === 'private', reply: readReply(to.reply) } : undefined;
}

export function createSender(options: SenderOptions): (message: OutboundMessage, to: SendOptions) => Promise<SentMessage> {
  const { api, lookups, post } = options;

  return async (message, to) => {
    checkLength(message.markdown, { max: options.maxTextBytes, unit: 'bytes' });
    const place = toPlace(to.to);
    if (place.type === 'comment') {
      const bot = await lookups.bot(to.signal);
      return options.replyToComment(place, message.markdown, { reply: readReply(to.reply), key: to.key, bot, signal: to.signal });
    }
    const target = { place, isPrivate: to.to.kind === 'private', reply: readReply(to.reply) };
    const files = message.files ?? [];
    if (message.markdown.trim() === '' && files.length === 0)
      throw new GatewayError('channel.rejected', 'There is nothing to say in this message.', { certain: true });
    let first: Posted | undefined;
    if (message.markdown.trim() !== '') first = await sayText(message, target, to);
    for (const [index, file] of files.entries()) {
      try {
        const shown = await uploadFile(api, file, to.signal);
        const posted = await post(target, shown, toUuid(to.key, `file/${index}`), to.signal);
        first ??= posted;
      } catch (error) {
        throw first === undefined ? error : partly(error);
      }
    }
    return first === undefined ? {} : { id: asId<MessageId>(first.id) };
  };

  /** Tries the finest form first; what is refused for its form is said in a plainer one, under the same key. */
  async function sayText(message: OutboundMessage, target: PostTarget, to: SendOptions): Promise<Posted> {
    const forms = formsOf(message, options.modeOf(to.to), options.words);
    for (const [index, form] of forms.entries()) {
      try {
        return await post(target, form, toUuid(to.key), to.signal);
      } catch (error) {
        const isForm = isGatewayError(error) && error.code === 'channel.rejected' && error.certain;
        if (!isForm || index === forms.length - 1) throw error;
      }
    }
    throw new TypeError('A message has at least one form.');
  }
}

/** The forms of a message, finest first. Buttons need a card; without one the text names the command that does the same. */
export function formsOf(message: OutboundMessage, mode: ReplyMode, words: Words): readonly Post[] {
  const text = safeMarkdown(message.markdown);
  const plain: Post = { type: 'text', content: { text } };
  const title = message.title === undefined ? {} : { title: message.title };
  const rich: Post = { type: 'post', content: { zh_cn: { ...title, content: [[{ tag: 'md', text }]] } } };
  const card = messageCard(message, words);
  const fits = (content: object) => jsonBytes(content) <= maxCardBytes;
  const { actions = [], choices = [], form } = message;
  const wantsCard = mode === 'card' || form !== undefined || actions.length + choices.length > 0;
  return [
    ...(wantsCard && fits(card) ? [{ type: 'interactive', content: card as unknown as Post['content'] } as const] : []),
    ...(mode !== 'text' && fits(rich.content) ? [rich] : []),
    plain,
  ];
}

/** Some of it is in the chat, so the message as a whole is not surely unsent. */
function partly(error: unknown): unknown {
  if (!isGatewayError(error)) return error;
  return new GatewayError(error.code, `The text was accepted, a file was not: ${error.message}`, {
    certain: false,
    retry: error.retry,
    cause: error,
    ...(error.remedy !== undefined && { remedy: error.remedy }),
  });
}
