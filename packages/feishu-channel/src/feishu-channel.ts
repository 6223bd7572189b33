import {
  asId,
  type Channel,
  type ChannelId,
  type Clock,
  createLink,
  GatewayError,
  type Logger,
  type Scope,
  silentLogger,
  systemClock,
} from '@threadbridge/contract';
import { createApi } from './api/api.ts';
import { createPace } from './api/pace.ts';
import { fetchAttachment } from './attachments.ts';
import { createLiveCards } from './card/live-card.ts';
import { type AppCheck, checkApp } from './check-app.ts';
import type { FeishuTenant } from './login.ts';
import { splitMarkdown } from './markdown/split.ts';
import { createClickDesk } from './receive/click-desk.ts';
import { createLookups } from './receive/lookups.ts';
import { createReceiver } from './receive/receive.ts';
import { createResponder } from './respond.ts';
import { createCommentReplier } from './send/comment-reply.ts';
import { createPoster } from './send/post-message.ts';
import { createSender, type ReplyMode } from './send/send-message.ts';
import { createTyping } from './typing.ts';
import { clickedToast, type Language, wordsIn } from './words.ts';

export interface FeishuChannelOptions {
  /** `cli_` and sixteen hex digits. */
  readonly appId: string;
  readonly appSecret: string;
  /** Which of the two clouds the app lives in. Default `feishu`. */
  readonly tenant?: FeishuTenant;
  /** Another base address, for a private deployment or a test. */
  readonly domain?: string;
  /** The user's own name of the account. Default `feishu`. */
  readonly id?: string;
  /** How answers look. Default `card`. A refused form falls back to the plainer ones. */
  readonly replyMode?: ReplyMode | ((scope: Scope) => ReplyMode);
  /** Of what stands on cards beside the answer. Default `en`. */
  readonly language?: Language;
  /** The name on run cards. Default `Codex`. */
  readonly title?: string;
  /** What a run card offers while the run goes on where `LiveView` is given no controls; pressing says `/stop` or `/steer …`. Default both. */
  readonly controls?: readonly ('stop' | 'steer')[];
  readonly clock?: Clock;
  /** Sees no token, no secret and no message text. */
  readonly logger?: Logger;
  /** Least time between two updates of a run card. Default 400; the platform takes ten operations a second. */
  readonly minUpdateMs?: number;
  /** How long the callback of a click waits for `actions.respond`. Default 1,000, at most 2,000; then a toast says "received". */
  readonly clickWaitMs?: number;
  /** Told once of each kind of event when the first one comes, for whoever remembers it longer than this process. */
  readonly onSeen?: (kind: keyof FeishuSeen) => void;
  /** How often recent conversations are read to see whether events went astray. Default five minutes. */
  readonly sweepMs?: number;
  /** How long a socket may stay silent after a ping, s. Default 10. */
  readonly pongTimeoutS?: number;
  /** Of one call. Default 15,000. */
  readonly timeoutMs?: number;
}

/** What came in so far; what is false may be missing in the developer console. */
export interface FeishuSeen {
  readonly message: boolean;
  readonly click: boolean;
  readonly comment: boolean;
}

/** A Feishu or Lark app behind its long connection. */
export interface FeishuChannel extends Channel {
  readonly capabilities: Required<Omit<Channel['capabilities'], 'bareQuotes' | 'relogin'>>;
  /** Who the bot is and which permissions it lacks. */
  check(signal?: AbortSignal): Promise<AppCheck>;
  /** Which kinds of events have arrived: subscriptions cannot be read back. */
  seen(): FeishuSeen;
}

/** The official address of each platform. */
export const domains = { feishu: 'https://open.feishu.cn', lark: 'https://open.larksuite.com' } as const;
/** A text that doubles when it is written as JSON still fits a card, and always a comment. */
const maxTextBytes = 10_000;
/** The platform knows a `uuid` for an hour. */
const keyLifeMs = 55 * 60_000;
const sendsPerSecond = 4;

/**
 * Connects nothing and loads nothing yet: `receive` opens the long connection. No second process may receive for the same app. Throws
 * `config.invalid`, certain, where an option is none.
 */
export function createFeishuChannel(options: FeishuChannelOptions): FeishuChannel {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  const id = asId<ChannelId>(options.id ?? 'feishu');
  if (!/^cli_[0-9a-f]{16}$/i.test(options.appId)) {
    throw new GatewayError('config.invalid', 'appId is no Feishu app id.', {
      certain: true,
      remedy: 'It begins with cli_ and has sixteen more characters; see the credentials page of the app.',
    });
  }
  const domain = toBase(options.domain ?? domains[options.tenant ?? 'feishu']);
  const { replyMode = 'card' } = options;
  const modeOf = (scope: Scope) => (typeof replyMode === 'function' ? replyMode(scope) : replyMode);
  const language = options.language ?? 'en';
  const words = wordsIn(language);

  const timeoutMs = options.timeoutMs ?? 15_000;
  const api = createApi({ appId: options.appId, appSecret: options.appSecret, domain, clock, logger, timeoutMs });
  const lookups = createLookups(api, { clock, logger });
  const clicks = createClickDesk(clock);
  const { link, set } = createLink();
  const post = createPoster({ api, lookups, clock, pace: createPace(clock, sendsPerSecond) });
  const seen = { message: false, click: false, comment: false };

  return {
    id,
    limits: { text: { max: maxTextBytes, unit: 'bytes' } },
    capabilities: {
      link,
      keyedSend: { lifetimeMs: keyLifeMs },
      live: createLiveCards({
        ...{ api, clock, logger, post },
        card: { language, title: options.title ?? 'Codex', ...(options.controls && { ownControls: options.controls }) },
        minIntervalMs: options.minUpdateMs ?? 400,
        isWanted: (to) => modeOf(to.to) === 'card',
      }),
      typing: { start: createTyping(api) },
      attachments: { fetch: (attachment, signal) => fetchAttachment(api, attachment, signal) },
      actions: { respond: createResponder(api, clicks, words) },
    },
    receive: createReceiver({
      ...{ channel: id, api, lookups, clicks, clock, logger },
      pongTimeoutS: options.pongTimeoutS ?? 10,
      sweepMs: options.sweepMs ?? 5 * 60_000,
      clickWaitMs: Math.min(options.clickWaitMs ?? 1_000, 2_000),
      toast: clickedToast(),
      onLink: set,
      onSeen: (kind) => {
        if (seen[kind]) return;
        seen[kind] = true;
        options.onSeen?.(kind);
      },
    }),
    send: createSender({ api, lookups, post, modeOf, words, maxTextBytes, replyToComment: createCommentReplier(api) }),
    split: (markdown) => splitMarkdown(markdown, maxTextBytes),
    check: (signal) => checkApp(api, signal),
    seen: () => ({ ...seen }),
  };
}

/** Any address may be configured, loopback included; it only has to be one. */
function toBase(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:')) return address.replace(/\/+$/, '');
  throw new GatewayError('config.invalid', 'domain is no http or https address.', { certain: true });
}
