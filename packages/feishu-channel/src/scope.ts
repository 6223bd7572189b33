import {
  type ChannelId,
  GatewayError,
  parseScopeId,
  type ReplyContext,
  type Scope,
  type ScopeId,
  scopeId,
} from '@threadbridge/contract';
import { isObject, textAt } from './json.ts';

/** A conversation in the platform's own terms. */
export type Place =
  | { readonly type: 'chat'; readonly chat: string; readonly topic?: string }
  | { readonly type: 'comment'; readonly fileType: string; readonly file: string; readonly comment: string };

export type ChatKind = 'private' | 'group';

/** The part of a scope id that only this package reads: `oc_…`, `oc_…/omt_…`, `doc/TYPE/TOKEN/COMMENT`. */
export function toConversation(place: Place): string {
  if (place.type === 'comment') return `doc/${place.fileType}/${place.file}/${place.comment}`;
  return place.topic === undefined ? place.chat : `${place.chat}/${place.topic}`;
}

/** The scope of a place. A topic has its chat, a comment its document as parent. */
export function toScope(
  channel: ChannelId,
  place: Place,
  own: { readonly kind: ChatKind; readonly title?: string | undefined },
): Scope {
  const id = scopeId(channel, toConversation(place));
  const title = own.title === undefined ? {} : { title: own.title };
  if (place.type === 'comment')
    return { id, channel, kind: 'comment', parent: scopeId(channel, `doc/${place.fileType}/${place.file}`), ...title };
  if (place.topic === undefined) return { id, channel, kind: own.kind, ...title };
  return { id, channel, kind: 'topic', parent: scopeId(channel, place.chat), ...title };
}

/** Takes a scope apart again. Throws `channel.target_gone` for one that this channel did not make. */
export function toPlace(scope: { readonly id: ScopeId }): Place {
  const { conversation } = parseScopeId(scope.id);
  const [first = '', ...rest] = conversation.split('/');
  if (first === 'doc') {
    const [fileType, file, comment] = rest;
    if (fileType !== undefined && file !== undefined && comment !== undefined)
      return { type: 'comment', fileType, file, comment };
  } else if (first !== '') {
    return { type: 'chat', chat: first, ...(rest[0] !== undefined && { topic: rest[0] }) };
  }
  throw new GatewayError('channel.target_gone', 'This conversation is not one of Feishu.', { certain: true });
}

/** What is kept with a conversation to answer there. */
export interface FeishuReply {
  /** The message to reply to; in a topic any message of it will do. */
  readonly message?: string;
  /** The reply in a comment that asked, and when, epoch ms. */
  readonly asked?: { readonly reply: string; readonly at: number };
  /** The click that this answers; `isLive`: on a card that shows a run and is not to be replaced. */
  readonly click?: { readonly id: string; readonly isLive?: true };
}

export function writeReply(reply: FeishuReply): ReplyContext {
  return { ...reply } as ReplyContext;
}

/** Reads a reply context; whatever is not understood is left out. */
export function readReply(context: ReplyContext | undefined): FeishuReply {
  if (!isObject(context)) return {};
  const message = textAt(context, 'message');
  const reply = textAt(context.asked, 'reply');
  const at = isObject(context.asked) && typeof context.asked.at === 'number' ? context.asked.at : 0;
  const id = textAt(context.click, 'id');
  return {
    ...(message !== undefined && { message }),
    ...(reply !== undefined && { asked: { reply, at } }),
    ...(id !== undefined && { click: { id, ...(isObject(context.click) && context.click.isLive === true && { isLive: true }) } }),
  };
}
