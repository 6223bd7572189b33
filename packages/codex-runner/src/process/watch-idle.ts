import type { Clock } from '@threadbridge/contract';
import { readServer, stopServer } from './stop-server.ts';

export interface IdleWatchOptions {
  readonly path: string;
  readonly idleTimeoutMs: number;
  readonly clock: Clock;
}

const longestPauseMs = 60_000;

/** Ends a shared server in which no thread was loaded for so long. Resolves when there is no server any more. */
export async function watchIdle(options: IdleWatchOptions): Promise<void> {
  const { path, idleTimeoutMs, clock } = options;
  let busyAt = clock.now();
  for (;;) {
    await clock.sleep(Math.min(Math.max(idleTimeoutMs / 4, 50), longestPauseMs));
    const server = await readServer(path, clock);
    if (server === undefined) return;
    if (server.activeTurns > 0 || server.loadedThreads > 0) busyAt = clock.now();
    else if (clock.now() - busyAt >= idleTimeoutMs) await stopServer(path, { clock });
  }
}
