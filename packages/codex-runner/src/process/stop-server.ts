import { type Clock, silentLogger, systemClock } from '@threadbridge/contract';
import { createClient } from '../app-server/client.ts';
import { count, list, seen, text } from '../convert/seen.ts';
import { createConnection } from '../rpc/connection.ts';
import { connectSocket } from '../rpc/socket-transport.ts';
import { pinnedVersion } from '../version.ts';
import { isAlive, readPidFile, removePidFile } from './pid-file.ts';
import { checkSocketPath } from './socket-path.ts';

/** A living shared server. */
export interface ServerState {
  readonly pid: number;
  readonly activeTurns: number;
  readonly loadedThreads: number;
}

export interface StopServerOptions {
  /** How long turns that are running may go on. Default 10,000; 0 ends them at once. */
  readonly drainMs?: number;
  readonly clock?: Clock;
}

/** Time for a server to record what it ends. */
const endMs = 3_000;
const pauseMs = 25;

/** The state of the server on a socket; undefined where none answers. */
export async function readServer(path: string, clock: Clock = systemClock): Promise<ServerState | undefined> {
  checkSocketPath(path);
  const transport = await connectSocket({ path, clock, logger: silentLogger }).catch(() => undefined);
  if (transport === undefined) return undefined;
  const connection = createConnection({
    ...{ transport, clock, logger: silentLogger, requestTimeoutMs: 10_000 },
    ...{ onNotification() {}, onRequest() {}, onClosed() {} },
  });
  const client = createClient(connection);
  try {
    await client.call('initialize', {
      clientInfo: { name: 'threadbridge', title: null, version: pinnedVersion },
      capabilities: { experimentalApi: true, requestAttestation: false },
    });
    const found = await client.call('server/diagnostics', {});
    const pid = count(seen<{ id: number }>(found.process).id);
    const gauge = (name: string) =>
      count(
        list(found.gauges)
          .map((entry) => seen<{ name: string; value: number }>(entry))
          .find((one) => text(one.name) === name)?.value,
      ) ?? 0;
    if (pid === undefined) return undefined;
    return { pid, activeTurns: gauge('core.turns.active'), loadedThreads: gauge('core.threads.live') };
  } catch {
    return undefined;
  } finally {
    await transport.close();
  }
}

/**
 * Ends the shared server on a socket, and what runs in it. The server itself is asked for its process id, so no other process is hit. False:
 * none answered. Resolves when it is gone.
 */
export async function stopServer(path: string, options: StopServerOptions = {}): Promise<boolean> {
  const clock = options.clock ?? systemClock;
  const server = await readServer(path, clock);
  if (server === undefined) return false;
  const { pid } = server;
  const untilGone = async (ms: number) => {
    const endAt = clock.now() + ms;
    while (isAlive(pid) && clock.now() < endAt) await clock.sleep(pauseMs);
    return !isAlive(pid);
  };
  // The first TERM lets turns go on, the second ends them with a record.
  const steps = [
    ['SIGTERM', options.drainMs ?? 10_000],
    ['SIGTERM', endMs],
    ['SIGKILL', endMs],
  ] as const;
  for (const [signal, ms] of steps) {
    if (isAlive(pid)) process.kill(pid, signal);
    if (await untilGone(ms)) break;
  }
  const known = await readPidFile(path);
  if (known?.pid === pid) await removePidFile(path);
  return true;
}
