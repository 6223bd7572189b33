import type { Clock } from '@threadbridge/contract';
import { openProbe } from './probe-server.ts';
import { stopServer } from './stop-server.ts';

export interface IdleWatchOptions {
  readonly path: string;
  readonly idleTimeoutMs: number;
  readonly clock: Clock;
}

const longestPauseMs = 60_000;

/** Ends a shared server in which no thread was loaded for so long. Resolves as soon as there is no server any more. */
export async function watchIdle(options: IdleWatchOptions): Promise<void> {
  const { path, idleTimeoutMs, clock } = options;
  const probe = await openProbe(path, clock);
  if (probe === undefined) return;
  for (let busyAt = clock.now(); !probe.gone.aborted; ) {
    await clock.sleep(Math.min(Math.max(idleTimeoutMs / 4, 50), longestPauseMs), probe.gone);
    const server = await probe.read();
    if (server === undefined) continue;
    if (server.activeTurns > 0 || server.loadedThreads > 0) busyAt = clock.now();
    else if (clock.now() - busyAt >= idleTimeoutMs) await stopServer(path, { clock });
  }
  await probe.close();
}
