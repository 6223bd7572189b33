import {
  asId,
  type Channel,
  type ChannelId,
  type Clock,
  createLink,
  type DrawPicture,
  GatewayError,
  type Logger,
  type SendBudget,
  silentLogger,
  systemClock,
} from '@threadbridge/contract';
import { createApi } from './api/call.ts';
import { createBudget } from './budget.ts';
import { splitMarkdown } from './convert/split.ts';
import { defaultBaseUrl, defaultCdnBaseUrl, type IlinkCredentials, loginName } from './credentials.ts';
import type { CdnOptions } from './media/cdn.ts';
import { download } from './media/download.ts';
import { readMediaRef } from './media/media-ref.ts';
import { splitPictures } from './pictures/split-pictures.ts';
import { createReceiver } from './receive.ts';
import { createSender } from './send.ts';
import { createTyping } from './typing.ts';
import { packageVersion } from './version.ts';

export interface IlinkChannelOptions {
  /** What {@link login} gave. */
  readonly credentials: IlinkCredentials;
  /**
   * Asked when the login has ended: resolves with another one as soon as there is one, or with undefined on abort. With it, `capabilities.relogin`
   * is there, and the same channel goes on under the new login.
   */
  readonly nextLogin?: (ended: IlinkCredentials, signal: AbortSignal) => Promise<IlinkCredentials | undefined>;
  /** The user's own name of the account. Default `wechat`. */
  readonly id?: string;
  /** Default: where the login said that the account lives. */
  readonly baseUrl?: string;
  /** Default: the platform's. */
  readonly cdnBaseUrl?: string;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  /** Sees no token, no context token and no message text. */
  readonly logger?: Logger;
  /** Longest text of one message, bytes of UTF-8, 200 to 16,000. Default 12,000: some 4,000 Chinese characters. */
  readonly maxTextBytes?: number;
  /** `chat` (default): Markdown becomes plain readable text; `markdown`: it is sent as it is, for phones that render it. */
  readonly textStyle?: 'chat' | 'markdown';
  /**
   * Draws what reads badly as text: diffs, wide code, tables. `split` then gives each of the first three such blocks a part of its own,
   * which is sent as a picture, and as text where it cannot be drawn. Default: none; all is text.
   */
  readonly drawPicture?: DrawPicture;
  /** Largest file in and out. Default 100 MiB. */
  readonly maxFileBytes?: number;
  /** Least time between two messages to one person. Default 300: WeChat punishes bursts. */
  readonly spacingMs?: number;
  /** What may be said when. Default: {@link createBudget}. `send` does not count; see {@link createDeliveryLedger}. */
  readonly budget?: SendBudget;
  /** How this program calls itself to the service: `name/version`. */
  readonly botAgent?: string;
  /** `SKRouteTag`, where a deployment gave one. */
  readonly routeTag?: string;
}

/** A WeChat account behind the iLink bot service. Typing signs, attachments and quotes are always there; live views and buttons are not. */
export interface IlinkChannel extends Channel {
  readonly limits: Required<Channel['limits']>;
  readonly capabilities: Required<Pick<Channel['capabilities'], 'link' | 'typing' | 'attachments' | 'bareQuotes'>> &
    Pick<Channel['capabilities'], 'relogin'>;
}

const apiTimeoutMs = 15_000;
const cdnTimeoutMs = 60_000;

/**
 * Connects nothing yet: `receive` polls, `send` sends. One channel serves one bot; no second process may poll it. Throws `config.invalid`,
 * certain, where an option is none.
 */
export function createIlinkChannel(options: IlinkChannelOptions): IlinkChannel {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  const id = asId<ChannelId>(matching('id', options.id ?? 'wechat', /^[^:\s]+$/, 'a name without colons and spaces'));
  let credentials = options.credentials;
  const baseUrlOf = (login: IlinkCredentials) => toBase('baseUrl', options.baseUrl ?? login.baseUrl ?? defaultBaseUrl);
  let baseUrl = baseUrlOf(credentials);
  const cdnBaseUrl = toBase('cdnBaseUrl', options.cdnBaseUrl ?? defaultCdnBaseUrl);
  const maxTextBytes = inRange('maxTextBytes', options.maxTextBytes ?? 12_000, 200, 16_000);
  const maxFileBytes = options.maxFileBytes ?? 100 * 1024 * 1024;
  const own = options.fetch ?? fetch;
  const api = createApi({
    login: () => ({ baseUrl, token: credentials.token }),
    fetch: own,
    clock,
    botAgent: matching('botAgent', options.botAgent ?? `Threadbridge/${packageVersion}`, product, 'name/version'),
    ...(options.routeTag !== undefined && { routeTag: options.routeTag }),
  });
  const cdn: CdnOptions = { cdnBaseUrl, configured: () => [baseUrl], fetch: own, clock, timeoutMs: cdnTimeoutMs };
  const split = options.drawPicture === undefined ? splitMarkdown : splitPictures;

  const { link, set } = createLink();
  const { nextLogin } = options;
  async function wait(signal: AbortSignal): Promise<void> {
    const next = await nextLogin?.(credentials, signal);
    if (next === undefined || signal.aborted) return;
    baseUrl = baseUrlOf(next);
    credentials = next;
  }

  return {
    id,
    limits: { text: { max: maxTextBytes, unit: 'bytes' }, budget: options.budget ?? createBudget() },
    capabilities: {
      link,
      bareQuotes: true,
      ...(nextLogin && { relogin: { wait } }),
      typing: createTyping({ api, clock, logger }),
      attachments: {
        async fetch(attachment, signal) {
          const ref = readMediaRef(attachment.ref);
          if (ref !== undefined) return download(cdn, ref, maxFileBytes, signal);
          throw new GatewayError('channel.rejected', 'This attachment is not from a WeChat channel.', { certain: true });
        },
      },
    },
    receive: createReceiver({ api, channel: id, credentials: () => credentials, onLink: set, clock, logger }),
    send: createSender({
      api,
      uploader: { api, cdn, maxFileBytes, apiTimeoutMs },
      clock,
      maxTextBytes,
      textStyle: options.textStyle ?? 'chat',
      spacingMs: options.spacingMs ?? 300,
      timeoutMs: apiTimeoutMs,
      logger,
      login: () => loginName(credentials),
      ...(options.drawPicture && { drawPicture: options.drawPicture }),
    }),
    split: (markdown) => split(markdown, maxTextBytes, Math.min(200, Math.floor(maxTextBytes / 10))),
  };
}

/** What the service keeps of `bot_agent`; anything else it would replace by a name that is not ours. */
const product = /^[\w.-]{1,32}\/[\w.+-]{1,32}$/;

function matching(name: string, value: string, pattern: RegExp, wanted: string): string {
  if (pattern.test(value)) return value;
  throw new GatewayError('config.invalid', `${name} must be ${wanted}.`, { certain: true });
}

/** Any address may be configured, loopback included; it only has to be one. */
function toBase(name: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:')) return address.replace(/\/+$/, '');
  throw new GatewayError('config.invalid', `${name} is no http or https address.`, { certain: true });
}

function inRange(name: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new GatewayError('config.invalid', `${name} must be a whole number from ${min} to ${max}.`, { certain: true });
}
