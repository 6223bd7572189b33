import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChanges } from '../changes.ts';
import { type ModelClock, realClock } from '../model/clock.ts';
import { answerRequest } from './answer-request.ts';
import { type ClickOptions, type ClickOutcome, click } from './clicks.ts';
import { answerControl } from './control.ts';
import { readReply } from './documents.ts';
import type { FeishuFault, FeishuOperation } from './fault.ts';
import { type ClientConfig, createLongConnections, type Delivery, type LongConnections } from './long-connections.ts';
import { keepFile } from './media.ts';
import { comment, forward, recall, type SayOptions, say, tellMessage } from './people.ts';
import { type ShownFeishuCard, type ShownFeishuMessage, showCard, showMessage } from './shown.ts';
import { usualRules, usualScopes } from './usual.ts';
import type { Chat, FeishuRequest, FeishuRules, StoredDocument, StoredMessage, World } from './world.ts';

export interface FakeFeishuOptions {
  /** Port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  readonly clock?: ModelClock;
  /** All fields have defaults; id and secret are new with each fake. */
  readonly app?: { readonly id?: string; readonly secret?: string; readonly botName?: string; readonly botOpenId?: string };
  /** The person in whose name `say` speaks. Default `ou_owner`. */
  readonly owner?: string;
  /** Scopes that the app was granted. Default: everything a bridge needs. */
  readonly scopes?: readonly string[];
  /** Limits and habits; each has the platform's value as default. */
  readonly rules?: Partial<FeishuRules>;
  /** What discovery and pongs say, in seconds. Default: ping every 120, reconnect at once and for ever. */
  readonly clientConfig?: Partial<ClientConfig>;
}

/** A running fake of the Feishu open platform: API, long connections, and the people behind it. */
export interface FakeFeishu extends AsyncDisposable {
  /** The `domain` for the SDK: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly app: { readonly id: string; readonly secret: string };
  readonly bot: { readonly openId: string; readonly name: string };
  readonly owner: string;
  /** Makes a place where the bot is. */
  addChat(mode: 'group' | 'topic', own?: { readonly name?: string; readonly hasThreads?: boolean }): string;
  addDocument(own: { readonly title: string; readonly text?: string; readonly type?: string }): StoredDocument;
  /** A file that a person can send: gives its key. */
  addFile(own: { readonly name: string; readonly bytes: Uint8Array; readonly kind?: 'image' | 'file' }): string;
  /** Somebody writes. */
  say(text: string, options?: SayOptions): StoredMessage;
  /** Somebody forwards several messages as one. */
  forward(parts: readonly { readonly from: string; readonly text: string }[], options?: SayOptions): StoredMessage;
  /** The platform tells of a message once more, by default the latest, under a new event id. */
  redeliver(message?: StoredMessage): Delivery;
  /** Takes a message back, by default the latest of a person. */
  recall(message?: StoredMessage): Delivery;
  /** Presses a button by its label, by default on the latest message that has it. */
  click(label: string, options?: ClickOptions & { readonly message?: string }): Promise<ClickOutcome>;
  /** Comments on a document; without `quote` on the whole of it. */
  comment(
    document: StoredDocument,
    text: string,
    options?: { readonly from?: string; readonly quote?: string; readonly replyTo?: string; readonly mentionsBot?: boolean },
  ): { readonly comment: string; readonly reply: string };
  /** What people read in the comments of a document, those of the bot only, in order. */
  commentsOfBot(document: StoredDocument): readonly string[];
  /** Messages of the bot, in order. */
  readonly sent: readonly ShownFeishuMessage[];
  readonly cards: readonly ShownFeishuCard[];
  /** A file that the bot uploaded. */
  upload(key: string): { readonly name: string; readonly bytes: Uint8Array } | undefined;
  readonly requests: readonly FeishuRequest[];
  readonly refusals: World['refusals'];
  /** What clients did wrong, in words. A test of a client usually expects it to be empty. */
  readonly mistakes: readonly string[];
  /** The next calls of this operation go wrong; several queue up. */
  fail(operation: FeishuOperation, ...faults: readonly FeishuFault[]): void;
  /** All tokens die: 99991663 until a new one is fetched. */
  expireTokens(): void;
  /** Takes scopes away, or grants more. */
  readonly scopes: Set<string>;
  /** The bot is thrown out of a chat. */
  removeBot(chat: string): void;
  /** Reactions on a message, by name. */
  reactions(message: string): readonly string[];
  readonly connections: Pick<LongConnections, 'open' | 'connects' | 'deliveries' | 'drop' | 'deafen' | 'refuse'>;
  /** The person with the phone, while an app is being registered. */
  readonly registration: {
    readonly qrUrls: readonly string[];
    /** The next poll gives the credentials of this fake's app. */
    confirm(brand?: 'feishu' | 'lark'): void;
    refuse(error: 'access_denied' | 'expired_token'): void;
  };
  /** Resolves as soon as the condition holds; looks whenever something changed. */
  until(condition: () => boolean): Promise<void>;
  /** Stops at once: the port is free when it resolves. */
  close(): Promise<void>;
}

/** Starts the fake on 127.0.0.1. Rejects when the port is taken. */
export async function startFakeFeishu(options: FakeFeishuOptions = {}): Promise<FakeFeishu> {
  const stop = new AbortController();
  const changes = createChanges();
  const owner = options.owner ?? 'ou_owner';
  const config = (): ClientConfig => ({
    PingInterval: 120,
    ReconnectCount: -1,
    ReconnectInterval: 1,
    ReconnectNonce: 0,
    ...options.clientConfig,
  });
  let id = 0;
  const world: World = {
    rules: { ...usualRules, ...options.rules },
    clock: options.clock ?? realClock,
    signal: stop.signal,
    app: {
      id: options.app?.id ?? `cli_${randomBytes(8).toString('hex')}`,
      secret: options.app?.secret ?? randomBytes(16).toString('hex'),
    },
    bot: { openId: options.app?.botOpenId ?? 'ou_bot', name: options.app?.botName ?? 'Bridge' },
    tokens: new Map(),
    chats: new Map(),
    messages: new Map(),
    uuids: new Map(),
    cards: new Map(),
    documents: new Map(),
    files: new Map(),
    clickTokens: new Map(),
    scopes: new Set(options.scopes ?? usualScopes),
    faults: new Map(),
    requests: [],
    mistakes: [],
    refusals: [],
    lines: createLongConnections(() => world, config),
    registration: { device: undefined, outcome: undefined, qrUrls: [] },
    url: '',
    nextId(prefix) {
      id += 1;
      return `${prefix}${String(id).padStart(12, '0')}`;
    },
    mistake(text) {
      world.mistakes.push(text);
      world.changed();
    },
    changed: changes.tell,
  };

  const ofBot = () => [...world.messages.values()].filter((one) => one.sender.id === world.app.id);

  const lastOfPeople = () => {
    const last = [...world.messages.values()].findLast((one) => one.sender.id !== world.app.id);
    if (last === undefined) throw new Error('Nobody has written yet.');
    return last;
  };

  const fake: FakeFeishu = {
    get url() {
      return world.url;
    },
    app: world.app,
    bot: world.bot,
    owner,
    addChat(mode, own = {}) {
      const chat: Chat = {
        id: world.nextId('oc_'),
        mode,
        name: own.name ?? mode,
        hasThreads: own.hasThreads ?? true,
        hasBot: true,
        sendTimes: [],
      };
      world.chats.set(chat.id, chat);
      return chat.id;
    },
    addDocument(own) {
      const document: StoredDocument = {
        token: world.nextId('doxc'),
        type: own.type ?? 'docx',
        title: own.title,
        text: own.text ?? '',
        comments: [],
      };
      world.documents.set(document.token, document);
      return document;
    },
    addFile: (own) => keepFile(world, { name: own.name, bytes: own.bytes, kind: own.kind ?? 'file', isOwn: false }),
    say: (text, own = {}) => say(world, owner, text, own),
    forward: (parts, own = {}) => forward(world, owner, parts, own),
    redeliver: (message) => tellMessage(world, message ?? lastOfPeople()),
    recall: (message) => recall(world, message ?? lastOfPeople()),
    click(label, own = {}) {
      const has = (one: StoredMessage) =>
        JSON.stringify(showMessage(world, one).card ?? null).includes(`"content":${JSON.stringify(label)}`);
      const message = own.message === undefined ? ofBot().findLast(has) : world.messages.get(own.message);
      if (message === undefined) throw new Error(`There is no message with a button "${label}".`);
      return click(world, owner, message, label, own);
    },
    comment: (document, text, own = {}) => comment(world, owner, document, text, own),
    commentsOfBot: (document) =>
      document.comments
        .flatMap((one) => one.replies)
        .filter((one) => one.user === world.bot.openId)
        .map((one) => readReply(one.elements)),
    get sent() {
      return ofBot().map((message) => showMessage(world, message));
    },
    get cards() {
      return [...world.cards.values()].map((card) => showCard(world, card));
    },
    upload(key) {
      const file = world.files.get(key);
      return file?.isOwn ? { name: file.name, bytes: file.bytes } : undefined;
    },
    requests: world.requests,
    refusals: world.refusals,
    mistakes: world.mistakes,
    fail(operation, ...faults) {
      world.faults.set(operation, [...(world.faults.get(operation) ?? []), ...faults]);
    },
    expireTokens: () => world.tokens.clear(),
    scopes: world.scopes,
    removeBot(chat) {
      const known = world.chats.get(chat);
      if (known !== undefined) known.hasBot = false;
    },
    reactions: (message) => [...(world.messages.get(message)?.reactions.values() ?? [])],
    connections: world.lines,
    registration: {
      qrUrls: world.registration.qrUrls,
      confirm(brand = 'feishu') {
        world.registration.outcome = {
          client_id: world.app.id,
          client_secret: world.app.secret,
          user_info: { open_id: owner, tenant_brand: brand },
        };
      },
      refuse(error) {
        world.registration.outcome = { error, error_description: error };
      },
    },
    until: changes.until,
    close() {
      closed ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        stop.abort();
        world.lines.close();
        server.closeAllConnections();
      });
      return closed;
    },
    [Symbol.asyncDispose]: () => fake.close(),
  };

  let closed: Promise<void> | undefined;
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, (request, response) => {
    const answered = request.url?.startsWith('/fake/')
      ? answerControl(fake, request, response)
      : answerRequest(world, config, request, response);
    // A client that goes away in the middle of its body is its own affair.
    answered.catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => world.lines.upgrade(request, socket, head));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}
