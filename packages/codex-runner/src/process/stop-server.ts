import { type Clock, systemClock } from '@threadbridge/contract';
import { isAlive, readPidFile, removePidFile } from './pid-file.ts';
import { openProbe, type ServerState } from './probe-server.ts';

export interface StopServerOptions {
  /** How long turns that are running may go on. Default 10,000; 0 ends them at once. */
  readonly drainMs?: number;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** Time for a server to record what it ends. */
const endMs = 3_000;
const pauseMs = 25;

/** The state of the server on a socket; undefined where none answers. */
export async function readServer(path: string, clock: Clock = systemClock): Promise<ServerState | undefined> {
  await using probe = await openProbe(path, clock);
  return await probe?.read();
}

/**
 * Ends the shared server on a socket, and what runs in it. The server itself is asked for its process id, so no other process is hit. False:
 * none answered. Resolves when it is gone.
 */
export async function stopServer(path: string, options: StopServerOptions = {}): Promise<boolean> {
  const { clock = systemClock } = options;
  const server = await readServer(path, clock);
  if (server === undefined) return false;
  await endServer(server.pid, options);
  const known = await readPidFile(path);
  if (known?.pid === server.pid) await removePidFile(path);
  return true;
}

/** Ends the server of that process id. Resolves when it is gone. */
export async function endServer(pid: number, { drainMs = 10_000, clock = systemClock }: StopServerOptions): Promise<void> {
  const untilGone = async (ms: number) => {
    for (let leftMs = ms; isAlive(pid) && leftMs > 0; leftMs -= pauseMs) await clock.sleep(pauseMs);
    return !isAlive(pid);
  };
  // The first TERM lets turns go on, the second ends them with a record.
  const steps = [
    ['SIGTERM', drainMs],
    ['SIGTERM', endMs],
    ['SIGKILL', endMs],
  ] as const;
  for (const [signal, ms] of steps) {
    if (isAlive(pid)) process.kill(pid, signal);
    if (await untilGone(ms)) break;
  }
}
