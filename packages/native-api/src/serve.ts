import { GatewayError } from '@threadbridge/contract';
import { isLoopback } from './loopback/host.ts';
import { listen } from './loopback/listen.ts';
import type { NativeApi } from './native-api.ts';

export interface ServeOptions {
  /** Address to listen on. Default `127.0.0.1`. Any that is not of the loopback interface needs a token. */
  readonly host?: string;
  /** 0 takes a free one. Default 8765. */
  readonly port?: number;
  /** Time a client has to send its headers. Default 20,000. */
  readonly headersTimeoutMs?: number;
  /** Time a client has to send its whole request. Default 120,000. */
  readonly requestTimeoutMs?: number;
}

/** An API that listens. */
export interface NativeApiServer extends AsyncDisposable {
  /** What clients take as base address: `http://127.0.0.1:8765/v1`. */
  readonly baseUrl: string;
  readonly port: number;
  /** Takes nothing new, lets running answers end within `graceMs` (default 5,000), interrupts the rest, frees the port. */
  stop(options?: { readonly graceMs?: number }): Promise<void>;
}

/** Listens for an API. Rejects with `config.unsafe`, or with `config.invalid` where the port is taken. */
export async function serve(api: NativeApi, options: ServeOptions = {}): Promise<NativeApiServer> {
  const { host = '127.0.0.1', port = 8765, ...timeouts } = options;
  if (!isLoopback(host) && !api.hasToken) {
    throw new GatewayError('config.unsafe', `The native API would listen on ${host} without a token.`, {
      certain: true,
      remedy: 'Set a token, or listen on 127.0.0.1.',
    });
  }
  const listening = await listen({ name: 'native API', host, port, fetch: api.fetch, ...timeouts });
  let stopping: Promise<void> | undefined;
  const stop = ({ graceMs = 5_000 }: { readonly graceMs?: number } = {}) => {
    stopping ??= listening.stop(() => api.close({ graceMs }));
    return stopping;
  };
  return {
    baseUrl: `${listening.address}/v1`,
    port: listening.port,
    stop,
    [Symbol.asyncDispose]: () => stop(),
  };
}
