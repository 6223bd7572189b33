import {
  type Clock,
  GatewayError,
  isGatewayError,
  type JsonObject,
  type Logger,
  type LoginStep,
  silentLogger,
  systemClock,
} from '@threadbridge/contract';
import { type Api, createApi } from './api/call.ts';
import { textIn, type Wire } from './api/wire.ts';
import { defaultBaseUrl, type IlinkCredentials } from './credentials.ts';
import { isTrustedUrl } from './trusted-url.ts';
import { packageVersion } from './version.ts';

export interface LoginOptions {
  readonly signal?: AbortSignal;
  /** Where the QR code comes from. Default: the platform. */
  readonly baseUrl?: string;
  /** Tokens kept from earlier logins, newest first, so that the service can say `already.bound`. Only the platform or `baseUrl` sees them. */
  readonly knownTokens?: readonly string[];
  /** Gives the number that the phone shows, after a step `code.wanted`. Without it such a login fails as `refused`. */
  readonly readCode?: (question: { readonly isWrong: boolean; readonly signal: AbortSignal }) => Promise<string>;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** How this program calls itself to the service. */
  readonly botAgent?: string;
}

/** A step of logging in to WeChat. */
export type IlinkLoginStep = LoginStep<IlinkCredentials & JsonObject>;

const maxCodes = 3;
const maxTokens = 10;
const pollTimeoutMs = 35_000;
const codeTimeoutMs = 15_000;
const pauseMs = 1_000;
/** For the whole of it, waiting for the person included. */
const loginTimeoutMs = 480_000;

/**
 * Logs a bot in by QR code, step by step; ends after `complete`, `already.bound` or `failed`, or on abort. Throws only where not even
 * a first code could be had.
 */
export async function* login(options: LoginOptions = {}): AsyncGenerator<IlinkLoginStep, void, undefined> {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  const signal = options.signal ?? new AbortController().signal;
  const home = options.baseUrl ?? defaultBaseUrl;
  const until = clock.now() + loginTimeoutMs;
  const apiAt = (baseUrl: string) =>
    createApi({
      login: () => ({ baseUrl }),
      fetch: options.fetch ?? fetch,
      clock,
      botAgent: options.botAgent ?? `Threadbridge/${packageVersion}`,
    });
  let api = apiAt(home);

  for (let attempt = 1; attempt <= maxCodes && !signal.aborted; attempt += 1) {
    const code = await drawCode(apiAt(home), options.knownTokens ?? [], signal);
    if (code === undefined) return;
    yield { type: 'qr', url: code.url, attempt };
    let answer: string | undefined;
    let asked = 0;
    let shown: string | undefined;
    for (;;) {
      if (signal.aborted) return;
      if (clock.now() >= until) return yield failed('timeout', 'Nobody finished the login in time.');
      const status = await pollCode(api, code.handle, answer, signal);
      if (status === undefined) {
        await clock.sleep(pauseMs, signal);
        continue;
      }
      const state = textIn(status, 'status') ?? 'wait';
      answer = undefined;
      if (state === 'confirmed') return yield toEnd(status, home);
      if (state === 'binded_redirect') return yield { type: 'already.bound' };
      if (state === 'expired' || state === 'verify_code_blocked') {
        yield { type: 'expired', reason: state === 'expired' ? 'old' : 'blocked' };
        break;
      }
      if (state === 'need_verifycode') {
        if (options.readCode === undefined)
          return yield failed('refused', 'The phone shows a number, and there is nobody here to type it.');
        const isWrong = asked > 0;
        asked += 1;
        yield { type: 'code.wanted', isWrong };
        answer = (await options.readCode({ isWrong, signal })).trim();
        continue;
      }
      if (state === 'scaned' && shown !== state) yield { type: 'scanned' };
      if (state === 'scaned_but_redirect') {
        const host = textIn(status, 'redirect_host');
        const moved = host === undefined ? undefined : redirected(host, home);
        if (host !== undefined && moved === undefined) {
          return yield failed('refused', 'WeChat wanted to go on at an address that is not its own; it was not followed.');
        }
        if (host !== undefined && moved !== undefined) {
          api = apiAt(moved);
          yield { type: 'redirected', host };
        }
      } else if (shown !== state) logger.debug({ state }, 'the login is at another state');
      shown = state;
      await clock.sleep(pauseMs, signal);
    }
  }
  if (!signal.aborted) yield failed('expired', `Nobody scanned one of ${maxCodes} codes in time.`);
}

/** Undefined: aborted. */
async function drawCode(
  api: Api,
  knownTokens: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly handle: string; readonly url: string } | undefined> {
  const ask = (tokens: readonly string[]) =>
    api.post('ilink/bot/get_bot_qrcode?bot_type=3', { local_token_list: tokens }, { timeoutMs: codeTimeoutMs, signal });
  try {
    const tokens = knownTokens.slice(0, maxTokens);
    const answer = await ask(tokens).catch((error: unknown) => {
      // A list with a bad token in it is refused as a whole.
      if (tokens.length > 0 && isGatewayError(error) && error.code === 'channel.rejected') return ask([]);
      throw error;
    });
    const handle = textIn(answer, 'qrcode');
    const url = textIn(answer, 'qrcode_img_content');
    if (handle !== undefined && url !== undefined) return { handle, url };
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
  throw new GatewayError('channel.rejected', 'WeChat gave no QR code.', { certain: true, remedy: 'Try again later.' });
}

/** What the code is at; undefined where something went wrong on the way, which counts as waiting. */
async function pollCode(api: Api, handle: string, code: string | undefined, signal: AbortSignal): Promise<Wire | undefined> {
  const query = `qrcode=${encodeURIComponent(handle)}${code === undefined ? '' : `&verify_code=${encodeURIComponent(code)}`}`;
  try {
    return await api.get(`ilink/bot/get_qrcode_status?${query}`, { timeoutMs: pollTimeoutMs, signal });
  } catch (error) {
    if (isGatewayError(error)) return undefined;
    throw error;
  }
}

/** The base to go on at. A host is only followed inside the platform's domains, or where it is the configured one. */
function redirected(host: string, home: string): string | undefined {
  if (host === new URL(home).host) return home;
  const address = `https://${host}`;
  return isTrustedUrl(address, [home]) ? address : undefined;
}

function toEnd(status: Wire, home: string): IlinkLoginStep {
  const token = textIn(status, 'bot_token');
  const accountId = textIn(status, 'ilink_bot_id');
  const baseUrl = textIn(status, 'baseurl');
  const userId = textIn(status, 'ilink_user_id');
  if (token === undefined || accountId === undefined)
    return failed('refused', 'WeChat confirmed the login without naming the bot.');
  if (baseUrl !== undefined && !isTrustedUrl(baseUrl, [home])) {
    return failed('refused', 'WeChat named an address for this account that is not its own; the token is not kept.');
  }
  return {
    type: 'complete',
    credentials: { token, accountId, ...(userId !== undefined && { userId }), baseUrl: baseUrl ?? home },
  };
}

function failed(reason: 'expired' | 'timeout' | 'refused', message: string): IlinkLoginStep {
  return { type: 'failed', reason, message };
}
