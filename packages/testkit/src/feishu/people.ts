import type { JsonObject } from '../model/json.ts';
import { addReply } from './documents.ts';
import type { Delivery } from './long-connections.ts';
import { keepMessage } from './messages.ts';
import { tellEvent } from './tell-event.ts';
import type { Chat, StoredDocument, StoredMessage, World } from './world.ts';

/** Who writes where, and what is odd about it. */
export interface SayOptions {
  /** An open id. Default: the owner. */
  readonly from?: string;
  /** A chat id. Default: the private chat of whoever writes. */
  readonly chat?: string;
  /** The message that is answered: quoted, or its topic continued. */
  readonly replyTo?: string;
  /** Opens a topic, or goes on in this one. */
  readonly topic?: true | string;
  /** Addresses the bot with an `@`. Default: in groups yes. */
  readonly mentionsBot?: boolean;
  /** Other people that are mentioned in the text as `@Name`. */
  readonly mentions?: readonly { readonly id: string; readonly name: string }[];
  /** Any other kind of message, with its content as a value. */
  readonly type?: string;
  readonly content?: JsonObject;
  /** A program writes. */
  readonly isBot?: boolean;
  /** Epoch ms. Default: now. */
  readonly at?: number;
  /** The event never comes; only listing shows the message. */
  readonly isLost?: boolean;
  /** The event leaves out the topic, as some do. */
  readonly hidesTopic?: boolean;
  readonly fragments?: number;
}

/** Somebody writes; the app is told. */
export function say(world: World, owner: string, text: string, options: SayOptions): StoredMessage {
  const from = options.from ?? owner;
  const chat = options.chat === undefined ? privateChat(world, from) : world.chats.get(options.chat);
  if (chat === undefined) throw new Error(`There is no chat ${options.chat}.`);
  const parent = options.replyTo === undefined ? undefined : world.messages.get(options.replyTo);
  const thread =
    parent?.thread ??
    (typeof options.topic === 'string'
      ? options.topic
      : options.topic || chat.mode === 'topic'
        ? world.nextId('omt_')
        : undefined);
  const root = parent ?? [...world.messages.values()].find((one) => one.thread !== undefined && one.thread === options.topic);
  const named = [
    ...((options.mentionsBot ?? chat.mode !== 'p2p') ? [{ id: world.bot.openId, name: world.bot.name, isBot: true }] : []),
    ...(options.mentions ?? []).map((one) => ({ ...one, isBot: false })),
  ].map((one, index) => ({ ...one, key: `@_user_${index + 1}` }));
  const words = named.reduce(
    (sum, one) => (sum.includes(`@${one.name}`) ? sum.replace(`@${one.name}`, one.key) : one.isBot ? `${one.key} ${sum}` : sum),
    text,
  );
  const message = keepMessage(world, {
    chat: chat.id,
    type: options.type ?? 'text',
    content: JSON.stringify(options.content ?? { text: words }),
    sender: { id: from, kind: options.isBot ? 'bot' : 'user' },
    mentions: named,
    ...(options.at !== undefined && { at: options.at }),
    ...(root !== undefined && { root: root.root ?? root.id, parent: thread === undefined ? root.id : (root.root ?? root.id) }),
    ...(thread !== undefined && { thread }),
  });
  if (!options.isLost) tellMessage(world, message, options);
  world.changed();
  return message;
}

export function tellMessage(
  world: World,
  message: StoredMessage,
  options: Pick<SayOptions, 'hidesTopic' | 'fragments'> = {},
): Delivery {
  const chat = world.chats.get(message.chat);
  const event = {
    sender: {
      sender_id: { open_id: message.sender.id, union_id: `on_${message.sender.id}`, user_id: null },
      sender_type: message.sender.kind,
      tenant_key: 'tenant',
    },
    message: {
      message_id: message.id,
      ...(message.root !== undefined && { root_id: message.root }),
      ...(message.parent !== undefined && { parent_id: message.parent }),
      ...(message.thread !== undefined && !options.hidesTopic && { thread_id: message.thread }),
      create_time: String(message.at),
      update_time: String(message.at),
      chat_id: message.chat,
      chat_type: chat?.mode === 'p2p' ? 'p2p' : 'group',
      message_type: message.type,
      content: message.content,
      ...(message.mentions.length > 0 && {
        mentions: message.mentions.map((one) => ({
          key: one.key,
          id: { open_id: one.id, union_id: `on_${one.id}`, user_id: null },
          mentioned_type: one.isBot ? 'bot' : 'user',
          name: one.name,
          tenant_key: 'tenant',
        })),
      }),
    },
  };
  return tellEvent(world, 'im.message.receive_v1', event, {
    ...(options.fragments !== undefined && { fragments: options.fragments }),
  });
}

export function recall(world: World, message: StoredMessage): Delivery {
  message.isDeleted = true;
  return tellEvent(world, 'im.message.recalled_v1', {
    message_id: message.id,
    chat_id: message.chat,
    recall_time: String(world.clock.now()),
    recall_type: 'message_owner',
  });
}

/** Somebody comments on a document, or answers in a comment. */
export function comment(
  world: World,
  owner: string,
  document: StoredDocument,
  text: string,
  options: { readonly from?: string; readonly quote?: string; readonly replyTo?: string; readonly mentionsBot?: boolean },
): { readonly comment: string; readonly reply: string } {
  const from = options.from ?? owner;
  const isMentioned = options.mentionsBot ?? true;
  const known = document.comments.find((one) => one.id === options.replyTo);
  const thread = known ?? {
    id: world.nextId('7'),
    isWhole: options.quote === undefined,
    quote: options.quote ?? '',
    replies: [],
  };
  if (known === undefined) document.comments.push(thread);
  const reply = addReply(world, thread, from, [
    ...(isMentioned ? [{ type: 'person', person: { user_id: world.bot.openId } }] : []),
    { type: 'text_run', text_run: { text: isMentioned ? ` ${text}` : text } },
  ]);
  tellEvent(world, 'drive.notice.comment_add_v1', {
    comment_id: thread.id,
    reply_id: reply,
    is_mentioned: isMentioned,
    notice_meta: {
      file_type: document.type,
      file_token: document.token,
      from_user_id: { open_id: from, union_id: `on_${from}`, user_id: null },
      to_user_id: { open_id: world.bot.openId, union_id: 'on_bot', user_id: null },
      notice_type: known === undefined ? 'add_comment' : 'add_reply',
      timestamp: String(world.clock.now()),
    },
  });
  return { comment: thread.id, reply };
}

/** The children of a merged forward, under a message that shows none of them. */
export function forward(
  world: World,
  owner: string,
  parts: readonly { readonly from: string; readonly text: string }[],
  options: SayOptions,
): StoredMessage {
  const parent = say(world, owner, '', {
    ...options,
    type: 'merge_forward',
    content: { content: 'Merged and Forwarded Message' },
    isLost: true,
  });
  for (const part of parts)
    keepMessage(world, {
      chat: parent.chat,
      type: 'text',
      content: JSON.stringify({ text: part.text }),
      sender: { id: part.from, kind: 'user' },
      upper: parent.id,
    });
  if (!options.isLost) tellMessage(world, parent, options);
  return parent;
}

function privateChat(world: World, person: string): Chat {
  const known = [...world.chats.values()].find((chat) => chat.person === person);
  if (known !== undefined) return known;
  const chat: Chat = { id: world.nextId('oc_'), mode: 'p2p', name: '', person, hasThreads: true, hasBot: true, sendTimes: [] };
  world.chats.set(chat.id, chat);
  return chat;
}
