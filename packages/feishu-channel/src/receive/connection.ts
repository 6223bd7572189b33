import { type Clock, GatewayError, isGatewayError, type Logger } from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import type { SdkSocket } from '../sdk/load-sdk.ts';

export interface ConnectionOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a socket may be silent after a ping, s. */
  readonly pongTimeoutS: number;
  readonly handlers: Readonly<Record<string, (data: unknown) => Promise<unknown>>>;
  /** Called whenever events can flow again. `isAgain`: they did before. */
  readonly onConnected: (isAgain: boolean) => void;
  /** Whether events can flow now. */
  readonly onLink: (isUp: boolean) => void;
}

/** The long connection of an app, kept alive. */
export interface Connection {
  /** Runs until the signal aborts. Throws `channel.unauthorized` where only a person can help. */
  run(signal: AbortSignal): Promise<void>;
  /** Whoever knows that it is deaf says so: it is built anew. */
  renew(reason: string): void;
}

const lookMs = 10_000;
/** A client that has not come back by itself after this long is replaced. */
const patienceMs = 90_000;
/** One that never got through waits up to two minutes between its attempts; a new one tries at once. */
const firstPatienceMs = 25_000;
const handshakeTimeoutMs = 15_000;

export function createConnection(options: ConnectionOptions): Connection {
  const { api, clock, logger } = options;
  let current: { socket: SdkSocket; over: AbortController } | undefined;
  let wasConnected = false;

  async function open(over: AbortController): Promise<{ readonly socket: SdkSocket; readonly failed: () => Error | undefined }> {
    const { sdk, http, logger: sdkLogger } = await api.sdk();
    const { appId, appSecret, domain } = api.options;
    let failure: Error | undefined;
    const told = () => {
      const isAgain = wasConnected;
      wasConnected = true;
      logger.info({ isAgain }, 'the long connection is there');
      options.onLink(true);
      options.onConnected(isAgain);
    };
    const socket = new sdk.WSClient({
      ...{ appId, appSecret, domain, httpInstance: http, logger: sdkLogger, source: 'threadbridge', handshakeTimeoutMs },
      loggerLevel: sdk.LoggerLevel.info,
      wsConfig: { pingTimeout: options.pongTimeoutS },
      onReady: told,
      onReconnected: told,
      onReconnecting: () => {
        logger.info({}, 'the long connection broke');
        options.onLink(false);
      },
      onError: (error) => {
        failure = error;
        over.abort();
      },
    });
    const eventDispatcher = new sdk.EventDispatcher({ logger: sdkLogger, loggerLevel: sdk.LoggerLevel.info });
    // Resolves only after the first attempt, which may take long; the state is watched instead.
    socket.start({ eventDispatcher: eventDispatcher.register(options.handlers) }).catch((error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
      over.abort();
    });
    return { socket, failed: () => failure };
  }

  /** Until the socket is beyond hope, was declared deaf, or the signal aborts. */
  async function watch(socket: SdkSocket, over: AbortController, signal: AbortSignal): Promise<void> {
    let silentMs = 0;
    let patience = firstPatienceMs;
    const stop = AbortSignal.any([signal, over.signal]);
    for (let before = clock.now(); !stop.aborted; ) {
      await clock.sleep(lookMs, stop);
      const now = clock.now();
      const { state } = socket.getConnectionStatus();
      // A computer that slept wakes with sockets that only look alive.
      const slept = now - before > lookMs + 60_000;
      before = now;
      if (state === 'connected' && !slept) {
        silentMs = 0;
        patience = patienceMs;
        continue;
      }
      // Counted by looks: the time of day may be put back meanwhile.
      silentMs += lookMs;
      if (slept || state === 'failed' || silentMs > patience) {
        logger.warn({ state, slept }, 'the long connection is built anew');
        return;
      }
    }
  }

  return {
    renew(reason) {
      logger.warn({ reason }, 'the long connection is built anew');
      current?.over.abort();
    },
    async run(signal) {
      for (let attempt = 1; !signal.aborted; attempt += 1) {
        const over = new AbortController();
        const openedAt = clock.now();
        const { socket, failed } = await open(over);
        current = { socket, over };
        try {
          if (!signal.aborted) await watch(socket, over, signal);
        } finally {
          socket.close({ force: true });
          current = undefined;
        }
        if (signal.aborted) return;
        options.onLink(false);
        const failure = failed();
        if (failure !== undefined) await judge(api, failure, signal);
        if (clock.now() - openedAt > patienceMs) attempt = 1;
        if (failure !== undefined || attempt > 1) await clock.sleep(Math.min(1_000 * 2 ** (attempt - 1), 60_000), signal);
      }
    },
  };
}

/** The platform refused the connection: is it the login, or something that passes? */
async function judge(api: Api, failure: Error, signal: AbortSignal): Promise<void> {
  try {
    await api.call({ method: 'GET', path: 'bot/v3/info', signal });
  } catch (error) {
    if (isGatewayError(error) && error.code === 'channel.unauthorized') throw error;
    return;
  }
  const code = /code=(\d+)/.exec(failure.message)?.[1];
  if (code !== '403' && code !== '514') return;
  throw new GatewayError('channel.unauthorized', `Feishu refused the long connection (code ${code}).`, {
    certain: true,
    cause: failure,
    remedy: 'The credentials are good. Is the app self-built, published, and set to receive events over a long connection?',
  });
}
