import { type Clock, silentLogger } from '@threadbridge/contract';
import { createClient } from '../app-server/client.ts';
import type { ServerDiagnosticsGauge, ServerDiagnosticsProcess } from '../app-server/protocol.gen.ts';
import { count, list, seen } from '../convert/seen.ts';
import { createConnection } from '../rpc/connection.ts';
import { deferred } from '../rpc/deferred.ts';
import { connectSocket } from '../rpc/socket-transport.ts';
import { pinnedVersion } from '../version.ts';
import { checkSocketPath } from './socket-path.ts';

/** A living shared server. */
export interface ServerState {
  readonly pid: number;
  /** Turns that run now, whoever asked for them. */
  readonly activeTurns: number;
  /** Threads that it holds; it ends by itself some time after the last. */
  readonly loadedThreads: number;
}

/** A client that only looks. */
export interface ServerProbe extends AsyncDisposable {
  /** Undefined where the server does not say. */
  read(): Promise<ServerState | undefined>;
  /** Aborted when the connection is over. */
  readonly gone: AbortSignal;
}

const answerMs = 10_000;

/** Undefined where nobody listens. Throws where the path can be none of a socket. */
export async function openProbe(path: string, clock: Clock): Promise<ServerProbe | undefined> {
  checkSocketPath(path);
  const transport = await connectSocket({ path, clock, logger: silentLogger }).catch(() => undefined);
  if (transport === undefined) return undefined;
  const gone = new AbortController();
  const greeted = deferred<boolean>();
  const connection = createConnection({
    ...{ transport, clock, logger: silentLogger, requestTimeoutMs: answerMs },
    ...{ onNotification() {}, onRequest() {}, onClosed: () => gone.abort() },
  });
  const client = createClient(connection);
  const capabilities = { experimentalApi: true, requestAttestation: false };
  client.call('initialize', { clientInfo: { name: 'threadbridge', title: null, version: pinnedVersion }, capabilities }).then(
    () => greeted.resolve(true),
    () => greeted.resolve(false),
  );
  return {
    gone: gone.signal,
    [Symbol.asyncDispose]: () => transport.close(),
    async read() {
      if (!(await greeted.promise)) return undefined;
      const found = await client.call('server/diagnostics', {}).catch(() => undefined);
      const pid = count(seen<ServerDiagnosticsProcess>(found?.process).id);
      if (pid === undefined) return undefined;
      const gauges = list(found?.gauges).map((gauge) => seen<ServerDiagnosticsGauge>(gauge));
      // What was never above nothing is not listed.
      const gauge = (name: string) => count(gauges.find((one) => one.name === name)?.value) ?? 0;
      return { pid, activeTurns: gauge('core.turns.active'), loadedThreads: gauge('core.threads.live') };
    },
  };
}
