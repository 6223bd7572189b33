import { randomBytes } from 'node:crypto';
import { type Clock, GatewayError, isGatewayError, type JsonObject } from '@threadbridge/contract';
import { HttpStatusError, refused, unreachable } from '../errors.ts';
import { endpointUrl } from '../trusted-url.ts';
import { protocolVersion, toClientVersion } from '../version.ts';
import { clockLead } from './clock-lead.ts';
import { withDeadline } from './deadline.ts';
import { parseWire } from './parse-wire.ts';
import { readCapped } from './read-capped.ts';
import { isWire, numberIn, textIn, type Wire } from './wire.ts';

export interface ApiOptions {
  /** As whom, and where. Asked at each call, for a login may be renewed. Without a token only the calls of a login are possible. */
  readonly login: () => { readonly baseUrl: string; readonly token?: string };
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** `bot_agent`: who we are, for the service's logs. */
  readonly botAgent: string;
  /** `SKRouteTag`, where a deployment gave one. */
  readonly routeTag?: string;
}

export interface CallOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** The one way to the JSON endpoints. */
export interface Api {
  /** Throws a `channel.` error; a refusal (`ret` or `errcode` other than 0) is one, too. */
  post(path: string, body: JsonObject, options: CallOptions): Promise<Wire>;
  /** Without a token, and without looking at `ret`. */
  get(path: string, options: CallOptions): Promise<Wire>;
  /** By how much our clock is ahead of the service's, as its latest answer says, ms. */
  readonly leadMs: number;
}

/** No answer of the API comes near this. */
const maxAnswerBytes = 64 * 1024 * 1024;

export function createApi(options: ApiOptions): Api {
  let leadMs = 0;
  const common = {
    'iLink-App-Id': 'bot',
    'iLink-App-ClientVersion': toClientVersion(protocolVersion),
    ...(options.routeTag !== undefined && { SKRouteTag: options.routeTag }),
  };

  async function request(name: string, path: string, init: RequestInit, { timeoutMs, signal }: CallOptions): Promise<Wire> {
    if (signal?.aborted)
      throw new GatewayError('channel.unreachable', `${name} was stopped before it was sent.`, { certain: true });
    const text = await withDeadline(options.clock, timeoutMs, signal, async (stop) => {
      try {
        // A redirect would carry the token to a host that nobody chose.
        const response = await options.fetch(endpointUrl(options.login().baseUrl, path), {
          ...init,
          redirect: 'manual',
          signal: stop,
        });
        if (!response.ok) {
          await response.body?.cancel();
          throw new HttpStatusError(response.status);
        }
        leadMs = clockLead(response.headers.get('date'), options.clock.now());
        return new TextDecoder().decode(await readCapped(response.body, maxAnswerBytes));
      } catch (error) {
        throw isGatewayError(error) ? error : unreachable(name, stop.aborted ? stop.reason : error);
      }
    });
    return parse(name, text);
  }

  return {
    get leadMs() {
      return leadMs;
    },
    async post(path, body, call) {
      const name = nameOf(path);
      const { token } = options.login();
      const headers = {
        ...common,
        'Content-Type': 'application/json',
        AuthorizationType: 'ilink_bot_token',
        'X-WECHAT-UIN': Buffer.from(String(randomBytes(4).readUInt32BE())).toString('base64'),
        ...(token !== undefined && { Authorization: `Bearer ${token.trim()}` }),
      };
      const info = { channel_version: protocolVersion, bot_agent: options.botAgent };
      const full = token === undefined ? body : { ...body, base_info: info };
      const answer = await request(name, path, { method: 'POST', headers, body: JSON.stringify(full) }, call);
      const code = numberIn(answer, 'errcode') || numberIn(answer, 'ret') || 0;
      if (code !== 0) throw refused(name, { code, message: textIn(answer, 'errmsg') });
      return answer;
    },
    get: (path, call) => request(nameOf(path), path, { method: 'GET', headers: common }, call),
  };
}

function parse(name: string, text: string): Wire {
  try {
    const answer = parseWire(text);
    if (isWire(answer)) return answer;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new GatewayError(
    'channel.unreachable',
    `The answer to ${name} is no JSON object; something between here and WeChat answered.`,
    {
      retry: 'backoff',
      remedy: 'Look at proxies and sign-in pages of this network.',
    },
  );
}

/** `ilink/bot/msg/notifystart?x` → `notifystart`: addresses hold handles and stay out of messages. */
function nameOf(path: string): string {
  return /([^/?]+)(?:\?|$)/.exec(path)?.[1] ?? 'a request';
}
