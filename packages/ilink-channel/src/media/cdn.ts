import { type Clock, GatewayError } from '@threadbridge/contract';
import { TimedOut, withDeadline } from '../api/deadline.ts';
import { HttpStatusError, unreachable } from '../errors.ts';
import { isTrustedUrl } from '../trusted-url.ts';

export interface CdnOptions {
  readonly cdnBaseUrl: string;
  /** Further addresses that were configured here: answers may name their origins. */
  readonly configured: () => readonly string[];
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Longest wait for the CDN to begin an answer. */
  readonly timeoutMs: number;
}

const maxRedirects = 3;

/**
 * One request to the CDN, with none of the API's headers. Addresses from answers and redirects are followed only where they are
 * trusted. The body of the answer is not read.
 */
export async function askCdn(options: CdnOptions, address: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
  const name = init.method === 'POST' ? 'an upload' : 'a download';
  let url = address;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    if (!isTrustedUrl(url, [options.cdnBaseUrl, ...options.configured()])) {
      throw new GatewayError(
        'channel.rejected',
        `WeChat named an address for ${name} that is not its own; it was not followed.`,
        {
          certain: true,
          remedy: 'If this host is right, configure it as cdnBaseUrl.',
        },
      );
    }
    const response = await once(options, name, url, init, signal);
    const next = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || next === null) return response;
    await response.body?.cancel();
    // Only a download may be asked for anew elsewhere.
    if (init.method === 'POST') throw unreachable(name, new HttpStatusError(response.status));
    url = new URL(next, url).href;
  }
  throw new GatewayError('channel.unreachable', `The address for ${name} leads in circles.`, { certain: true, retry: 'backoff' });
}

async function once(options: CdnOptions, name: string, url: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
  // The caller's signal stays with the body; the deadline is for the answer to begin.
  const started = new AbortController();
  const stop = signal === undefined ? started.signal : AbortSignal.any([signal, started.signal]);
  return withDeadline(options.clock, options.timeoutMs, signal, async (over) => {
    const expire = () => started.abort(over.reason);
    over.addEventListener('abort', expire, { once: true });
    try {
      return await options.fetch(url, { ...init, redirect: 'manual', signal: stop });
    } catch (error) {
      throw unreachable(name, over.reason instanceof TimedOut ? over.reason : error);
    } finally {
      over.removeEventListener('abort', expire);
    }
  });
}
