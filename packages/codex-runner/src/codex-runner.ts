import {
  type Clock,
  GatewayError,
  type JsonObject,
  type Logger,
  type Runner,
  silentLogger,
  systemClock,
} from '@threadbridge/contract';
import { type AppServer, connectAppServer } from './app-server/app-server.ts';
import { checkHealth } from './app-server/check-health.ts';
import { keepAlive } from './app-server/keep-alive.ts';
import type { ClientInfo } from './app-server/protocol.gen.ts';
import { createAccount, createModels } from './app-server/read-account.ts';
import { createHistory } from './app-server/read-history.ts';
import { createThreadVerbs } from './app-server/thread-verbs.ts';
import { createBroker } from './broker/broker.ts';
import { childEnvironment } from './process/child-environment.ts';
import { configFlags } from './process/config-flags.ts';
import { findNativeBinary } from './process/native-binary.ts';
import { keepWatched, openSharedServer } from './process/shared-server.ts';
import { checkSocketPath } from './process/socket-path.ts';
import { spawnCodex } from './process/spawn-codex.ts';
import { connectSocket } from './rpc/socket-transport.ts';
import type { Transport } from './rpc/transport.ts';
import { askForReview, askForTurn } from './run/ask-for-turn.ts';
import { createAttachment } from './run/attach.ts';
import { createIdleThreads } from './run/idle-threads.ts';
import { createRun } from './run/run.ts';
import { createThreadLine } from './run/thread-line.ts';
import { unloadDelaySecs, unloadSoon } from './run/unload-thread.ts';

/** How app-server is reached. */
export type CodexTransport =
  /** A child of this process, spoken with over its pipes; it ends with this process, and turns end with it. */
  | { readonly type: 'stdio' }
  /**
   * A server on a unix socket, which may have other clients. Turns go on while this process is away, and their questions wait for it. `ours`: it is
   * started where none listens, and outlives this process until it falls idle or is stopped by `stopServer(path)`; the options
   * of the runner that starts it hold. `theirs`: somebody else starts and ends it.
   */
  | {
      readonly type: 'socket';
      /** Absolute; some hundred bytes at most. `PATH.pid` and `PATH.log` lie beside it. */
      readonly path: string;
      readonly server: 'ours' | 'theirs';
      /** A server of ours ends when no thread was loaded in it for so long, whatever became of its starter and its socket. Default 1,800,000. */
      readonly idleTimeoutMs?: number;
    };

/** All have a default; `createCodexRunner()` drives the user's own Codex home. */
export interface CodexRunnerOptions {
  /** A native Codex program, not npm's launcher. Default: the one of the `@openai/codex` this package depends on. */
  readonly bin?: string;
  /** Default `{ type: 'stdio' }`. */
  readonly transport?: CodexTransport;
  /**
   * Unix sockets of app-servers that other programs have started on the same Codex home. Threads that are open there can be joined by
   * `capabilities.broker`; nothing else uses them.
   */
  readonly sharedSockets?: readonly string[];
  /** The Codex home: login, configuration, threads. Must exist. Default: `CODEX_HOME` of the environment, else `~/.codex`. */
  readonly codexHome?: string;
  /** All that Codex sees of an environment. Default: what {@link childEnvironment} passes of `process.env`. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Codex configuration, over `config.toml`. It travels on the command line, which other users can read: no secrets. What it says of
   * `shell_environment_policy` takes the place of the default of every thread, `{ inherit: 'core' }`.
   */
  readonly config?: JsonObject;
  /** How this program calls itself to Codex and its model server. Default `threadbridge`. */
  readonly clientInfo?: { readonly name: string; readonly title?: string; readonly version: string };
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** Longest wait for a reply of app-server, which answers in milliseconds. Default 60,000. */
  readonly requestTimeoutMs?: number;
  /**
   * A turn in which nothing comes from the model for so long fails as `unreachable`; Codex itself would try for ever. Waiting for a
   * person or for a command does not count, and "Reconnecting…" is no sign of life. Default 600,000: Codex gives up on a silent
   * stream after 300,000 and asks anew.
   */
  readonly turnDeadlineMs?: number;
  /** An unanswered question is declined after that long. Default: never. */
  readonly approvalTimeoutMs?: number;
  /**
   * A thread is freed when it was idle for so long. Until then no other program can write to it, its background commands live on, and "for
   * this session" permissions hold. Default 300,000.
   */
  readonly releaseAfterMs?: number;
}

/** A {@link Runner} on Codex app-server. */
export interface CodexRunner extends Runner {
  readonly capabilities: Required<Runner['capabilities']>;
}

/**
 * Drives Codex through its app-server, as a child of this process that starts with the first use, is started again after a crash, and ends
 * with this process. One runner serves any number of threads of one Codex home at the same time.
 */
export function createCodexRunner(options: CodexRunnerOptions = {}): CodexRunner {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  const never = new AbortController().signal;

  const transport = options.transport ?? { type: 'stdio' };
  const sockets = options.sharedSockets ?? [];
  for (const path of transport.type === 'socket' ? [transport.path, ...sockets] : sockets) checkSocketPath(path);

  const handshake = (own: { readonly transport: Transport; readonly isShared: boolean }) =>
    connectAppServer({
      ...own,
      clientInfo: toClientInfo(options.clientInfo),
      clock,
      logger,
      requestTimeoutMs: options.requestTimeoutMs ?? 60_000,
    });
  const servers = keepAlive({
    clock,
    logger,
    connect: async () => {
      const server = await connect(options, transport, { clock, logger, handshake });
      logger.info({ pid: server.pid, version: server.version, home: server.home }, 'app-server is up');
      return server;
    },
  });
  const use = async () => {
    const server = await servers.use(never);
    if (server === undefined) throw new GatewayError('runner.lost', 'The runner is closed.', { certain: true });
    return server;
  };
  const line = createThreadLine();
  const idle = createIdleThreads({ line, clock, logger });
  const shared = {
    servers,
    line,
    idle,
    clock,
    logger,
    turnDeadlineMs: options.turnDeadlineMs ?? 600_000,
    approvalTimeoutMs: options.approvalTimeoutMs,
    releaseAfterMs: options.releaseAfterMs ?? 300_000,
  };

  // A thread's own configuration would win over that of the process.
  const { shell_environment_policy } = options.config ?? {};
  const environmentPolicy = shell_environment_policy === undefined ? {} : { shell_environment_policy };

  const configured = <Input extends { readonly config?: JsonObject }>(input: Input): Input => ({
    ...input,
    config: { ...(transport.type === 'socket' && unloadSoon), ...environmentPolicy, ...input.config },
  });
  const others = sockets
    .filter((path) => transport.type !== 'socket' || path !== transport.path)
    .map((path) => ({
      path,
      connect: async () => handshake({ transport: await connectSocket({ path, clock, logger }), isShared: true }),
    }));

  return {
    capabilities: {
      ...{ deltas: true, approvals: true, steer: true },
      ...{ history: createHistory(use, clock), models: createModels(use), account: createAccount(use) },
      threads: createThreadVerbs({ use, line, idle, clock }),
      broker: createBroker(shared, { use, others, logger }),
      attach: (thread, turn) => createAttachment(shared, thread, turn),
      review: {
        start: (input, own) => createRun(shared, configured({ ...input, prompt: '' }), askForReview(input), own?.signal),
      },
    },
    start(input, own) {
      const run = configured(input);
      return createRun(shared, run, askForTurn(run), own?.signal);
    },
    check: () => checkHealth(use),
    async [Symbol.asyncDispose]() {
      idle.close();
      await servers.close();
    },
  };
}

interface ConnectParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly handshake: (own: { readonly transport: Transport; readonly isShared: boolean }) => Promise<AppServer>;
}

async function connect(options: CodexRunnerOptions, to: CodexTransport, parts: ConnectParts): Promise<AppServer> {
  const { clock, logger, handshake } = parts;
  if (to.type === 'socket' && to.server === 'theirs') {
    const transport = await connectSocket({ path: to.path, clock, logger }).catch((cause: unknown) => {
      throw nobodyListens(to.path, cause);
    });
    return handshake({ transport, isShared: true });
  }
  const env = options.env ?? childEnvironment(process.env);
  const program = {
    bin: options.bin ?? findNativeBinary(),
    env: options.codexHome === undefined ? env : { ...env, CODEX_HOME: options.codexHome },
  };
  const flags = configFlags({ thread_unload_delay_secs: unloadDelaySecs, ...options.config });
  if (to.type === 'stdio') {
    return handshake({ transport: spawnCodex({ ...program, args: ['app-server', ...flags], clock, logger }), isShared: false });
  }
  const { path, idleTimeoutMs = 1_800_000 } = to;
  const own = { ...program, args: flags, path, idleTimeoutMs, clock, logger };
  const { transport, started } = await openSharedServer(own);
  const server = await handshake({ transport, isShared: true });
  if (server.pid !== undefined) await keepWatched(own, server.pid, started);
  return server;
}

function nobodyListens(path: string, cause: unknown): GatewayError {
  return new GatewayError('runner.missing', `No app-server listens on ${path}.`, {
    certain: true,
    cause,
    remedy: `Start one by \`codex app-server --listen unix://${path}\`, or use \`server: 'ours'\`.`,
  });
}

function toClientInfo(info: CodexRunnerOptions['clientInfo']): ClientInfo {
  return { name: info?.name ?? 'threadbridge', title: info?.title ?? null, version: info?.version ?? '0.0.0' };
}
