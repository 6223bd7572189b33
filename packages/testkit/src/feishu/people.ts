import { randomBytes } from 'node:crypto';
import { isObject, type JsonObject, stringField } from '../model/json.ts';
import { parseJson } from '../model/read-body.ts';
import { allElements, checkCard } from './card-rules.ts';
import { isStreaming } from './cards.ts';
import { addReply } from './documents.ts';
import type { Delivery, PushOptions } from './long-connections.ts';
import { keepMessage } from './messages.ts';
import { type Answer, type Chat, no, ok, type StoredDocument, type StoredMessage, type World } from './world.ts';

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
  return push(world, 'im.message.receive_v1', event, {
    ...(options.fragments !== undefined && { fragments: options.fragments }),
  });
}

export function recall(world: World, message: StoredMessage): Delivery {
  message.isDeleted = true;
  return push(world, 'im.message.recalled_v1', {
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
  push(world, 'drive.notice.comment_add_v1', {
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

/** What the person who clicked sees. */
export interface ClickOutcome {
  /** 0, or what the client shows: 200340 no callback, 200341 nobody answered in time, 200671 the handler failed, 200672/200673 a bad answer. */
  readonly code: number;
  readonly toast?: { readonly type: string; readonly content: string };
  readonly card?: JsonObject;
}

export interface ClickOptions {
  /** An open id. Default: the owner. */
  readonly from?: string;
  /** What was filled into the form; a list offers its values, and what is required must be there. */
  readonly form?: JsonObject;
  /** Which of several buttons with the same label, from 0. Default 0. */
  readonly index?: number;
}

/** Presses the button with this label on a message of the bot. */
export async function click(
  world: World,
  owner: string,
  message: StoredMessage,
  label: string,
  options: ClickOptions,
): Promise<ClickOutcome> {
  const entity = message.card === undefined ? undefined : world.cards.get(message.card);
  const json = entity?.json ?? parseJson(message.content);
  const root = isObject(json) && isObject(json.body) && Array.isArray(json.body.elements) ? json.body.elements : [];
  const buttons = allElements(root).filter((one) => one.tag === 'button' && stringField(one.text, 'content') === label);
  const button = buttons[options.index ?? 0];
  if (button === undefined) throw new Error(`There is no button "${label}" on message ${message.id}.`);
  const behaviors = Array.isArray(button.behaviors) ? button.behaviors : [];
  const callback = behaviors.filter(isObject).find((one) => one.type === 'callback');
  if (callback === undefined) return { code: 200_340 };
  const token = `c-${randomBytes(12).toString('hex')}`;
  const used = { message: message.id, at: world.clock.now(), uses: 0, isAnswered: false };
  world.clickTokens.set(token, used);
  if (entity !== undefined) entity.clicks += 1;
  const from = options.from ?? owner;
  const isSubmit = button.form_action_type === 'submit';
  if (isSubmit) checkForm(root, button, options.form ?? {});
  const delivery = push(
    world,
    'card.action.trigger',
    {
      operator: { tenant_key: 'tenant', open_id: from, union_id: `on_${from}` },
      token,
      action: {
        value: callback.value,
        tag: 'button',
        timezone: 'Asia/Shanghai',
        ...(button.name !== undefined && { name: button.name }),
        ...(isSubmit && { form_value: options.form ?? {} }),
      },
      host: 'im_message',
      context: { open_message_id: message.id, open_chat_id: message.chat },
    },
    { once: true },
  );
  const answer = await delivery.first;
  if (entity !== undefined) entity.clicks -= 1;
  used.isAnswered = true;
  world.changed();
  if (answer === undefined) return { code: 200_341 };
  if (answer.code !== 200) return { code: 200_671 };
  return outcome(world, message, answer.data);
}

/** The client lets nobody send a form that is not filled in as the card says. */
function checkForm(root: readonly unknown[], submit: JsonObject, filled: JsonObject): void {
  const form = root.filter(isObject).find((one) => one.tag === 'form' && allElements([one]).includes(submit));
  const fields = allElements(form === undefined ? [] : [form]).filter((one) => one.tag !== 'button' && one.name !== undefined);
  for (const field of fields) {
    const name = stringField(field, 'name');
    const value = filled[name];
    if (field.required === true && (value === undefined || value === '')) throw new Error(`The field "${name}" is required.`);
    const offered = Array.isArray(field.options) ? field.options.map((one) => stringField(one, 'value')) : undefined;
    if (offered !== undefined && value !== undefined && !offered.includes(String(value)))
      throw new Error(`The list "${name}" does not offer ${JSON.stringify(value)}.`);
  }
  const strange = Object.keys(filled).find((name) => !fields.some((field) => field.name === name));
  if (strange !== undefined) throw new Error(`The form has no field "${strange}".`);
}

function outcome(world: World, message: StoredMessage, data: unknown): ClickOutcome {
  if (data === undefined || data === null) return { code: 0 };
  if (!isObject(data)) return { code: 200_672 };
  const toast = isObject(data.toast)
    ? { type: stringField(data.toast, 'type', 'info'), content: stringField(data.toast, 'content') }
    : undefined;
  if (toast !== undefined && !['info', 'success', 'error', 'warning'].includes(toast.type)) return { code: 200_672 };
  const card = isObject(data.card) ? data.card.data : undefined;
  if (card === undefined) return { code: 0, ...(toast && { toast }) };
  if (checkCard(card, world.rules) !== undefined || !isObject(card)) return { code: 200_673 };
  showCard(world, message, card);
  return { code: 0, ...(toast && { toast }), card };
}

function showCard(world: World, message: StoredMessage, card: JsonObject): void {
  const entity = message.card === undefined ? undefined : world.cards.get(message.card);
  if (entity === undefined) message.content = JSON.stringify(card);
  else if (isStreaming(world, entity)) world.mistake('A click was answered with a card while the card was streaming.');
  else entity.json = card;
  world.changed();
}

/** `interactive/v1/card/update`: after the answer, at most twice, for thirty minutes. */
export function delayedUpdate(world: World, body: JsonObject): Answer {
  const used = world.clickTokens.get(stringField(body, 'token'));
  const message = used === undefined ? undefined : world.messages.get(used.message);
  if (used === undefined || message === undefined) return no(300_030, 'no such token');
  if (!used.isAnswered) {
    world.mistake('card.delayed: the click has not been answered yet.');
    return no(300_040, 'the callback was not answered');
  }
  if (used.uses >= 2 || world.clock.now() - used.at > 30 * 60_000) return no(300_020, 'the token is used up');
  const wrong = checkCard(body.card, world.rules);
  if (wrong !== undefined || !isObject(body.card)) return no(300_050, wrong?.message ?? 'no card');
  used.uses += 1;
  showCard(world, message, body.card);
  return ok();
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

function push(world: World, type: string, event: JsonObject, options: PushOptions = {}): Delivery {
  const eventId = randomBytes(16).toString('hex');
  const created = world.clock.now();
  const payload = {
    schema: '2.0',
    header: {
      event_id: eventId,
      event_type: type,
      token: '',
      create_time: type === 'card.action.trigger' ? String(created * 1_000) : String(created),
      tenant_key: 'tenant',
      app_id: world.app.id,
    },
    event,
  };
  return world.lines.push(type, eventId, payload, options);
}
