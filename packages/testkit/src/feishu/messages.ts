import { isObject, type JsonObject, stringField } from '../model/json.ts';
import { parseJson } from '../model/read-body.ts';
import { checkCard, readCard } from './card-rules.ts';
import { type Answer, type Chat, isOverRate, no, ok, type StoredMessage, type World } from './world.ts';

const hourMs = 3_600_000;

/** What a message carries, with the part of the platform that refuses it. */
interface Checked {
  readonly card?: string;
}

export function createMessage(world: World, query: Readonly<Record<string, string>>, body: JsonObject): Answer {
  const chat = receiver(world, query.receive_id_type ?? '', stringField(body, 'receive_id'));
  if (chat === undefined) return no(230_034, 'invalid receive_id');
  return post(world, 'message.create', chat, body, {
    ...(chat.mode === 'topic' && { thread: world.nextId('omt_') }),
  });
}

export function replyMessage(world: World, id: string, body: JsonObject): Answer {
  const parent = world.messages.get(id);
  if (parent === undefined) return no(230_001, 'the message id is invalid');
  const chat = world.chats.get(parent.chat);
  if (chat === undefined) return no(232_009, 'chat dissolved');
  const known = repeated(world, body);
  if (known !== undefined) return ok(toWire(known));
  if (parent.isDeleted) return no(230_011, 'the message was withdrawn');
  if (body.reply_in_thread === true && parent.thread === undefined) {
    if (!chat.hasThreads) return no(230_071, 'the chat knows no threads');
    parent.thread = world.nextId('omt_');
  }
  return post(world, 'message.reply', chat, body, {
    root: parent.root ?? parent.id,
    parent: parent.id,
    ...(parent.thread !== undefined && { thread: parent.thread }),
  });
}

type Place = Pick<StoredMessage, 'root' | 'parent' | 'thread'>;

function post(world: World, operation: 'message.create' | 'message.reply', chat: Chat, body: JsonObject, place: Place): Answer {
  const uuid = stringField(body, 'uuid');
  if (uuid === '') world.mistake(`${operation}: without uuid a repetition is a second message.`);
  if (uuid.length > 50) return no(230_001, 'uuid is longer than 50');
  const known = repeated(world, body);
  if (known !== undefined) return ok(toWire(known));
  if (!chat.hasBot) return no(230_002, 'the bot is not in the chat');
  if (isOverRate(chat.sendTimes, world.clock.now(), world.rules.sendsPerSecond)) {
    world.mistake(`${operation}: more than ${world.rules.sendsPerSecond} messages a second to one chat.`);
    return no(230_020, 'this operation triggers the frequency limit');
  }
  const type = stringField(body, 'msg_type');
  const content = stringField(body, 'content');
  const checked = checkContent(world, operation, type, content);
  if ('code' in checked) return checked;
  const message = keepMessage(world, {
    chat: chat.id,
    type,
    content,
    sender: { id: world.app.id, kind: 'bot' },
    ...place,
    ...checked,
    ...(uuid !== '' && { uuid }),
  });
  if (uuid !== '') world.uuids.set(uuid, { message: message.id, at: message.at });
  const card = checked.card === undefined ? undefined : world.cards.get(checked.card);
  if (card !== undefined) card.message = message.id;
  world.changed();
  return ok(toWire(message));
}

function repeated(world: World, body: JsonObject): StoredMessage | undefined {
  const known = world.uuids.get(stringField(body, 'uuid'));
  return known !== undefined && world.clock.now() - known.at < hourMs ? world.messages.get(known.message) : undefined;
}

/** Keeps a message under a new id. */
export function keepMessage(
  world: World,
  own: Pick<StoredMessage, 'chat' | 'type' | 'content' | 'sender'> & Partial<StoredMessage>,
): StoredMessage {
  const message: StoredMessage = {
    id: world.nextId('om_'),
    at: world.clock.now(),
    mentions: [],
    patchTimes: [],
    reactions: new Map(),
    isDeleted: false,
    ...own,
  };
  world.messages.set(message.id, message);
  return message;
}

function checkContent(world: World, operation: string, type: string, content: string): Answer | Checked {
  const json = parseJson(content);
  if (!isObject(json)) {
    world.mistake(`${operation}: content is no JSON text.`);
    return no(230_001, 'content is not a JSON string');
  }
  if (world.rules.refusesMail && /[\w.]+@[\w-]+\.\w+/.test(content)) return no(230_028, 'the message did not pass the audit');
  const size = Buffer.byteLength(content);
  const tooLong = size > (type === 'text' ? 150 * 1024 : 30 * 1024);
  switch (type) {
    case 'text':
      return tooLong ? no(230_025, 'content too long') : stringField(json, 'text') === '' ? no(230_001, 'empty text') : {};
    case 'post':
      if (tooLong) return no(230_025, 'content too long');
      return checkPost(world, operation, json);
    case 'interactive':
      return checkInteractive(world, operation, json);
    case 'image':
      return world.files.get(stringField(json, 'image_key'))?.isOwn ? {} : no(230_017, 'no such image');
    case 'file':
    case 'audio':
    case 'media':
      return world.files.get(stringField(json, 'file_key'))?.isOwn ? {} : no(230_017, 'no such file');
    default:
      return no(230_001, `msg_type ${type}`);
  }
}

function checkPost(world: World, operation: string, json: JsonObject): Answer | Checked {
  const local = Object.values(json).find(isObject);
  const paragraphs = local !== undefined && Array.isArray(local.content) ? local.content : undefined;
  if (paragraphs === undefined) {
    world.mistake(`${operation}: a post needs a locale with content.`);
    return no(230_001, 'post without content');
  }
  for (const paragraph of paragraphs) {
    const tags = (Array.isArray(paragraph) ? paragraph : []).map((element) => stringField(element, 'tag'));
    if (tags.includes('md') && tags.length > 1) return no(230_001, 'md must be alone in its paragraph');
    for (const element of Array.isArray(paragraph) ? paragraph : []) {
      const href = stringField(element, 'href');
      if (href !== '' && !/^https?:/.test(href)) return no(230_001, 'invalid href');
    }
  }
  return {};
}

function checkInteractive(world: World, operation: string, json: JsonObject): Answer | Checked {
  if (json.type === 'card') {
    const id = isObject(json.data) ? stringField(json.data, 'card_id') : '';
    const card = world.cards.get(id);
    if (card === undefined) return no(230_099, 'Failed to create card content, ext=ErrCode: 200740; ErrMsg: no such card');
    if (card.message !== undefined) {
      world.mistake(`${operation}: card ${id} was sent before.`);
      return no(230_099, 'Failed to create card content, ext=ErrCode: 200743; ErrMsg: the card was sent before');
    }
    return { card: id };
  }
  const wrong = checkCard(json, world.rules);
  if (wrong === undefined) return {};
  world.mistake(`${operation}: ${wrong.message}.`);
  return no(230_099, `Failed to create card content, ext=ErrCode: ${wrong.inner}; ErrMsg: ${wrong.message}`);
}

export function getMessage(world: World, id: string): Answer {
  const message = world.messages.get(id);
  if (message === undefined) return no(230_001, 'the message id is invalid');
  const children = [...world.messages.values()].filter((one) => one.upper === id);
  return ok({ items: [message, ...children].map((one) => toWire(one)) });
}

export function listMessages(world: World, query: Readonly<Record<string, string>>): Answer {
  const { container_id_type: kind, container_id: id = '', page_token: from = '0', sort_type: sort } = query;
  const size = Number(query.page_size ?? 20);
  if (!(size >= 1 && size <= 50)) return no(230_001, 'page_size');
  if (kind === 'thread' && (query.start_time !== undefined || query.end_time !== undefined)) {
    world.mistake('message.list: a thread takes no times.');
    return no(230_001, 'threads take no start_time');
  }
  const start = Number(query.start_time ?? 0) * 1_000;
  const end = Number(query.end_time ?? Number.MAX_SAFE_INTEGER) * 1_000;
  if (start > 1e14) world.mistake('message.list: start_time is in seconds.');
  const all = [...world.messages.values()].filter((one) => {
    if (one.upper !== undefined) return false;
    if (kind === 'thread') return one.thread === id;
    // Of a thread the chat lists only the first message.
    return one.chat === id && (one.thread === undefined || one.root === undefined) && one.at >= start && one.at <= end;
  });
  const sorted = sort === 'ByCreateTimeDesc' ? all.toReversed() : all;
  const at = Number(from);
  const page = sorted.slice(at, at + size);
  const hasMore = at + size < sorted.length;
  return ok({
    items: page.map((one) => toWire(one)),
    has_more: hasMore,
    page_token: hasMore ? String(at + size) : '',
  });
}

export function patchMessage(world: World, id: string, body: JsonObject): Answer {
  const message = world.messages.get(id);
  if (message === undefined) return no(230_001, 'the message id is invalid');
  if (message.isDeleted) return no(230_011, 'the message was withdrawn');
  if (message.sender.kind !== 'bot') return no(230_017, 'not the sender');
  if (message.type !== 'interactive') return no(230_054, 'no card');
  if (message.card !== undefined) {
    world.mistake('message.patch: the message shows a card entity; use CardKit.');
    return no(230_001, 'the message shows a card entity');
  }
  if (isOverRate(message.patchTimes, world.clock.now(), 5)) return no(230_020, 'frequency limit');
  const json = parseJson(stringField(body, 'content'));
  const wrong = checkCard(json, world.rules);
  if (wrong !== undefined) return no(230_099, `ErrCode: ${wrong.inner}; ErrMsg: ${wrong.message}`);
  message.content = stringField(body, 'content');
  world.changed();
  return ok();
}

export function deleteMessage(world: World, id: string): Answer {
  const message = world.messages.get(id);
  if (message === undefined) return no(230_001, 'the message id is invalid');
  message.isDeleted = true;
  world.changed();
  return ok();
}

export function addReaction(world: World, id: string, body: JsonObject): Answer {
  const message = world.messages.get(id);
  if (message === undefined || message.isDeleted) return no(231_003, 'message gone');
  const type = isObject(body.reaction_type) ? stringField(body.reaction_type, 'emoji_type') : '';
  if (!/^[A-Z][A-Za-z_]+$/.test(type)) return no(231_001, 'bad emoji');
  const reaction = world.nextId('reaction_');
  message.reactions.set(reaction, type);
  world.changed();
  return ok({ reaction_id: reaction });
}

export function removeReaction(world: World, id: string, reaction: string): Answer {
  const isThere = world.messages.get(id)?.reactions.delete(reaction) ?? false;
  world.changed();
  return isThere ? ok() : no(231_003, 'no such reaction');
}

function receiver(world: World, kind: string, id: string): Chat | undefined {
  if (kind === 'chat_id') return world.chats.get(id);
  if (kind === 'open_id') return [...world.chats.values()].find((chat) => chat.person === id);
  return undefined;
}

/** The message as the API tells it. */
export function toWire(message: StoredMessage): JsonObject {
  const { sender } = message;
  return {
    message_id: message.id,
    ...(message.root !== undefined && { root_id: message.root }),
    ...(message.parent !== undefined && { parent_id: message.parent }),
    ...(message.thread !== undefined && { thread_id: message.thread }),
    ...(message.upper !== undefined && { upper_message_id: message.upper }),
    msg_type: message.type,
    create_time: String(message.at),
    update_time: String(message.at),
    deleted: message.isDeleted,
    updated: false,
    chat_id: message.chat,
    sender: {
      id: sender.id,
      id_type: sender.kind === 'bot' ? 'app_id' : 'open_id',
      sender_type: sender.kind === 'bot' ? 'app' : 'user',
      tenant_key: 'tenant',
    },
    body: { content: message.isDeleted ? '' : message.content },
    ...(message.mentions.length > 0 && {
      mentions: message.mentions.map((one) => ({
        key: one.key,
        id: one.id,
        id_type: 'open_id',
        name: one.name,
        tenant_key: 'tenant',
      })),
    }),
  };
}

/** What people can read of a message. */
export function readMessage(world: World, message: StoredMessage): string {
  const json = parseJson(message.content);
  switch (message.type) {
    case 'text':
      return stringField(json, 'text');
    case 'interactive':
      return readCard(message.card === undefined ? json : world.cards.get(message.card)?.json);
    case 'post': {
      const local = isObject(json) ? Object.values(json).find(isObject) : undefined;
      const paragraphs = local !== undefined && Array.isArray(local.content) ? local.content : [];
      return paragraphs.map((one: readonly unknown[]) => one.map((element) => stringField(element, 'text')).join('')).join('\n');
    }
    default:
      return `[${message.type}]`;
  }
}
