import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '@threadbridge/contract';
import { startStopwatch } from '../stopwatch.ts';
import { isAlive } from './pid-file.ts';
import { openProbe, type ServerProbe } from './probe-server.ts';
import { endServer } from './stop-server.ts';

export interface IdleWatchOptions {
  readonly path: string;
  /** Of the server. */
  readonly pid: number;
  readonly idleTimeoutMs: number;
  readonly clock: Clock;
}

/** A server that listens does so after a tenth of a second. */
const startMs = 20_000;
const startPauseMs = 50;
const longestPauseMs = 60_000;

/**
 * Ends a shared server in which no thread was loaded for so long, also where nobody can find its socket any more. Resolves as soon as there is
 * no server.
 */
export async function watchIdle(options: IdleWatchOptions): Promise<void> {
  const { pid, idleTimeoutMs, clock } = options;
  await using probe = await reach(options);
  if (probe === undefined) return endServer(pid, { clock });
  for (let idleMs = startStopwatch(clock); !probe.gone.aborted; ) {
    await clock.sleep(Math.min(Math.max(idleTimeoutMs / 4, 50), longestPauseMs), probe.gone);
    const server = await probe.read();
    if (server === undefined) continue;
    if (server.activeTurns > 0 || server.loadedThreads > 0) idleMs = startStopwatch(clock);
    else if (idleMs() >= idleTimeoutMs) await endServer(pid, { clock });
  }
}

/** A connection to this server. Undefined where it is gone, or there is no way in, since it does not listen or its folder was removed. */
async function reach({ path, pid, clock }: IdleWatchOptions): Promise<ServerProbe | undefined> {
  const elapsedMs = startStopwatch(clock);
  while (isAlive(pid) && existsSync(dirname(path)) && elapsedMs() < startMs) {
    const probe = await openProbe(path, clock);
    if ((await probe?.read())?.pid === pid) return probe;
    await probe?.[Symbol.asyncDispose]();
    await clock.sleep(startPauseMs);
  }
  return undefined;
}
