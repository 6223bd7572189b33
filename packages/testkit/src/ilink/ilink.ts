import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChanges } from '../changes.ts';
import { type ModelClock, realClock } from '../model/clock.ts';
import { answerRequest } from './answer-request.ts';
import { answerControl } from './control.ts';
import type { IlinkEndpoint, IlinkFault } from './fault.ts';
import type { IlinkItem, IlinkMessage, IlinkQuote, ShownMessage } from './ilink-message.ts';
import { createLoginDesk, type FakePhone } from './login-desk.ts';
import { md5, storeInbound } from './media.ts';
import { deliver, wrote } from './updates.ts';
import { type Bot, createBot, type IlinkRequest, type World } from './world.ts';

export interface FakeIlinkOptions {
  /** Port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  readonly clock?: ModelClock;
  /** Messages a bot may send after each message of a person. Default 10. */
  readonly budget?: number;
  /** How long after it. Default 24 h. */
  readonly windowMs?: number;
  /** How long a poll is held. Default 35,000. */
  readonly holdMs?: number;
  /** Sent as `longpolling_timeout_ms`. Default: not sent. */
  readonly hintMs?: number;
  /** Refuses bursts; every attempt during the penalty prolongs it. Default: no throttle. */
  readonly throttle?: { readonly messages: number; readonly perMs: number; readonly penaltyMs: number };
  /** What happens to sends without a context token of that person. Default `swallow`: accepted, and never shown. */
  readonly tokenlessSend?: 'refuse' | 'swallow' | 'show';
  /** Whether an old or empty cursor brings messages again that were answered once. Default true. */
  readonly repeatsAnswered?: boolean;
  /** Default 16,384. */
  readonly maxTextBytes?: number;
  /** False: uploads get only `upload_param`. Default true. */
  readonly namesUploadUrl?: boolean;
  /** `iLink-App-ClientVersion` below this is refused. Default that of 2.1.1. */
  readonly minClientVersion?: number;
  /** `message_id` of sent messages as text instead of a bare number. Default false. */
  readonly idsAsText?: boolean;
  /** The bot that is logged in from the start. All fields have defaults. */
  readonly bot?: { readonly token?: string; readonly botId?: string; readonly userId?: string };
}

/** What `say` and its kin may add. */
export interface SayOptions {
  /** Default: the owner. */
  readonly from?: string;
  /** `create_time_ms`. Default: now. */
  readonly at?: number;
  readonly quote?: IlinkQuote;
  /** Overrides of any field; undefined removes one. */
  readonly fields?: { readonly [Key in keyof IlinkMessage]?: IlinkMessage[Key] | undefined };
}

/** A file that a person sends. */
export interface InboundFile {
  readonly kind: 'image' | 'file' | 'voice' | 'video';
  readonly bytes: Uint8Array;
  readonly name?: string;
  /** What the service heard in a voice message. */
  readonly transcript?: string;
}

/** A running fake of the iLink bot service: API, CDN, and the people behind it. */
export interface FakeIlink extends AsyncDisposable {
  /** Base address of the API: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Base address of the CDN. */
  readonly cdnUrl: string;
  /** The bot that is logged in from the start, in the shape that a login gives. */
  readonly credentials: { readonly token: string; readonly accountId: string; readonly userId: string; readonly baseUrl: string };
  /** The person with the QR code. */
  readonly phone: FakePhone;
  /** A person writes. */
  say(text: string, options?: SayOptions): IlinkMessage;
  /** A person sends files, with or without words. Each item of one message. */
  sayFiles(files: readonly InboundFile[], options?: SayOptions & { readonly text?: string }): IlinkMessage;
  /** A person sends these very items. */
  sayItems(items: readonly IlinkItem[], options?: SayOptions): IlinkMessage;
  /** The service delivers a message once more, by default the latest. It is no new act of the person. */
  redeliver(message?: IlinkMessage): void;
  /** What people see of the bot, in order. */
  readonly sent: readonly ShownMessage[];
  /** What clients did wrong, in words. A test of a client usually expects it to be empty. */
  readonly mistakes: readonly string[];
  readonly requests: readonly IlinkRequest[];
  /** Sends that were refused. */
  readonly refusals: World['refusals'];
  isTyping(user?: string): boolean;
  /** The next request there goes wrong; several calls queue up. */
  fail(endpoint: IlinkEndpoint, ...faults: readonly IlinkFault[]): void;
  /** The token dies: -14 from now on. */
  expireSession(): void;
  revive(): void;
  /** Whether the bot is said to be online by `notifystart`. */
  readonly isOnline: boolean;
  /** How many polls are held now. */
  readonly polls: number;
  /** Resolves as soon as the condition holds; looks whenever something changed. */
  until(condition: () => boolean): Promise<void>;
  /** Stops at once: held polls are cut off, the port is free when it resolves. */
  close(): Promise<void>;
}

/** 2.1.1: the first version with app headers. */
const firstVersionWithHeaders = (2 << 16) | (1 << 8) | 1;

/** Starts the fake on 127.0.0.1. Rejects when the port is taken. */
export async function startFakeIlink(options: FakeIlinkOptions = {}): Promise<FakeIlink> {
  const stop = new AbortController();
  const changes = createChanges();
  // Neighbouring ids are the same number as doubles.
  let id = 7_391_200_000_000_000_000n;
  const world: World = {
    rules: {
      budget: options.budget ?? 10,
      windowMs: options.windowMs ?? 24 * 3_600_000,
      holdMs: options.holdMs ?? 35_000,
      hintMs: options.hintMs,
      throttle: options.throttle,
      tokenlessSend: options.tokenlessSend ?? 'swallow',
      repeatsAnswered: options.repeatsAnswered ?? true,
      maxTextBytes: options.maxTextBytes ?? 16_384,
      namesUploadUrl: options.namesUploadUrl ?? true,
      minClientVersion: options.minClientVersion ?? firstVersionWithHeaders,
      idsAsText: options.idsAsText ?? false,
    },
    clock: options.clock ?? realClock,
    signal: stop.signal,
    bots: new Map(),
    files: new Map(),
    announced: new Map(),
    faults: new Map(),
    shown: [],
    mistakes: [],
    requests: [],
    refusals: [],
    url: '',
    nextId() {
      id += 1n;
      return id;
    },
    mistake: (text) => void world.mistakes.push(text),
    changed: changes.tell,
  };
  const first = createBot({
    token: options.bot?.token ?? `${randomBytes(6).toString('hex')}@im.bot:${randomBytes(16).toString('hex')}`,
    botId: options.bot?.botId ?? `${randomBytes(6).toString('hex')}@im.bot`,
    userId: options.bot?.userId ?? 'owner@im.wechat',
  });
  world.bots.set(first.token, first);
  const desk = createLoginDesk(world);

  /** Whoever logged in last receives. */
  const bot = (): Bot => [...world.bots.values()].findLast((one) => !one.isExpired) ?? first;

  function sayItems(items: readonly IlinkItem[], own: SayOptions = {}): IlinkMessage {
    const receiver = bot();
    const from = own.from ?? receiver.userId;
    const context_token = wrote(world, receiver, from);
    const fields = Object.entries({
      seq: receiver.feed.length + 1,
      message_id: world.nextId(),
      from_user_id: from,
      to_user_id: receiver.botId,
      client_id: `phone-${world.nextId()}`,
      create_time_ms: own.at ?? world.clock.now(),
      message_type: 1,
      message_state: 2,
      item_list:
        own.quote === undefined ? items : items.map((item, index) => (index === 0 ? { ...item, ref_msg: own.quote } : item)),
      context_token,
      ...own.fields,
    }).filter(([, value]) => value !== undefined);
    return deliver(world, receiver, Object.fromEntries(fields) as IlinkMessage);
  }

  const fake: FakeIlink = {
    get url() {
      return world.url;
    },
    get cdnUrl() {
      return `${world.url}/c2c`;
    },
    get credentials() {
      const { token, botId, userId } = bot();
      return { token, accountId: botId, userId, baseUrl: world.url };
    },
    phone: desk.phone,
    say: (text, own) => sayItems([{ type: 1, text_item: { text } }], own),
    sayFiles(files, own = {}) {
      const words: readonly IlinkItem[] = own.text === undefined ? [] : [{ type: 1, text_item: { text: own.text } }];
      return sayItems([...words, ...files.map((file) => fileItem(world, file))], own);
    },
    sayItems,
    redeliver(message) {
      const again = message ?? bot().feed.at(-1);
      if (again !== undefined) deliver(world, bot(), again);
    },
    sent: world.shown,
    mistakes: world.mistakes,
    requests: world.requests,
    refusals: world.refusals,
    isTyping: (user) => bot().people.get(user ?? bot().userId)?.isTyping ?? false,
    fail(endpoint, ...faults) {
      world.faults.set(endpoint, [...(world.faults.get(endpoint) ?? []), ...faults]);
    },
    expireSession() {
      const target = bot();
      target.isExpired = true;
      target.wake();
    },
    revive() {
      const last = [...world.bots.values()].at(-1);
      if (last !== undefined) last.isExpired = false;
    },
    get isOnline() {
      return bot().isOnline;
    },
    get polls() {
      return bot().polls;
    },
    until: changes.until,
    close() {
      closed ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        stop.abort();
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
      : answerRequest(world, desk, request, response);
    // A client that goes away in the middle of its body is its own affair.
    answered.catch(() => response.destroy());
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}

function fileItem(world: World, file: InboundFile): IlinkItem {
  const { media, key, sealedSize } = storeInbound(world, file.bytes, file.kind === 'file' ? 'hex' : 'raw');
  switch (file.kind) {
    case 'image':
      // The key beside the media is the right one; the one inside is not always.
      return { type: 2, image_item: { media, aeskey: key, mid_size: sealedSize } };
    case 'voice':
      return {
        type: 3,
        voice_item: {
          media,
          encode_type: 4,
          sample_rate: 16_000,
          playtime: 1_000,
          ...(file.transcript !== undefined && { text: file.transcript }),
        },
      };
    case 'file':
      return {
        type: 4,
        file_item: { media, file_name: file.name ?? 'file', md5: md5(file.bytes), len: String(file.bytes.length) },
      };
    case 'video':
      return { type: 5, video_item: { media, video_size: sealedSize, play_length: 1 } };
  }
}
