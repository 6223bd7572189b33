import { type Clock, isGatewayError, type Logger } from '@threadbridge/contract';
import { lost } from '../errors.ts';
import { deferred } from '../rpc/deferred.ts';
import { startStopwatch } from '../stopwatch.ts';
import type { AppServer } from './app-server.ts';

export interface KeepAliveOptions {
  readonly connect: () => Promise<AppServer>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One app-server at a time, started when it is needed and again after it died. */
export interface KeptAppServer {
  /** The living one; undefined when the signal aborts first. Waits where it died or failed to start again and again. */
  use(signal: AbortSignal): Promise<AppServer | undefined>;
  close(): Promise<void>;
}

const firstPauseMs = 250;
const longestPauseMs = 30_000;
/** Having lived that long, a death counts as the first. */
const steadyMs = 60_000;

export function keepAlive(options: KeepAliveOptions): KeptAppServer {
  const { clock, logger } = options;
  const closing = new AbortController();
  let current: Promise<AppServer> | undefined;
  let failures = 0;
  let pauseMs = 0;
  let sinceFailureMs = startStopwatch(clock);

  const noteFailure = () => {
    failures++;
    pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
    sinceFailureMs = startStopwatch(clock);
  };

  const start = async (): Promise<AppServer> => {
    await clock.sleep(pauseMs - sinceFailureMs(), closing.signal);
    refuseWhenClosed();
    const aliveMs = startStopwatch(clock);
    const server = await options.connect();
    if (closing.signal.aborted) await server.close('The runner was closed.');
    void server.closed.then((reason) => {
      current = undefined;
      if (closing.signal.aborted) return;
      if (aliveMs() >= steadyMs) failures = 0;
      noteFailure();
      logger.warn({ pid: server.pid, failures, reason: reason.message }, 'app-server is gone; the next use starts it again');
    });
    return server;
  };

  const refuseWhenClosed = () => {
    if (closing.signal.aborted) throw lost('The runner is closed.', true);
  };

  return {
    async use(signal) {
      refuseWhenClosed();
      if (signal.aborted) return undefined;
      current ??= start().catch((error: unknown) => {
        current = undefined;
        // A missing or wrong program does not come right by waiting, and whoever repairs it should not wait either.
        if (!isGatewayError(error) || (error.code !== 'runner.missing' && error.code !== 'runner.version')) noteFailure();
        throw error;
      });
      return await orAborted(current, signal);
    },
    async close() {
      closing.abort();
      const server = await current?.catch(() => undefined);
      await server?.close('The runner was closed.');
    },
  };
}

async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const aborted = deferred<undefined>();
  const stop = () => aborted.resolve(undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
