import {
  type Clock,
  GatewayError,
  type JsonObject,
  type Logger,
  type Runner,
  silentLogger,
  systemClock,
} from '@threadbridge/contract';
import { connectAppServer } from './app-server/app-server.ts';
import { checkHealth } from './app-server/check-health.ts';
import { keepAlive } from './app-server/keep-alive.ts';
import type { ClientInfo } from './app-server/protocol.gen.ts';
import { createAccount, createModels } from './app-server/read-account.ts';
import { createHistory } from './app-server/read-history.ts';
import { childEnvironment } from './process/child-environment.ts';
import { configFlags } from './process/config-flags.ts';
import { findNativeBinary } from './process/native-binary.ts';
import { spawnCodex } from './process/spawn-codex.ts';
import { createIdleThreads } from './run/idle-threads.ts';
import { createRun } from './run/run.ts';
import { createThreadLine } from './run/thread-line.ts';
import { unloadDelaySecs } from './run/unload-thread.ts';

/** All have a default; `createCodexRunner()` drives the user's own Codex home. */
export interface CodexRunnerOptions {
  /** A native Codex program, not npm's launcher. Default: the one of the `@openai/codex` this package depends on. */
  readonly bin?: string;
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

  const servers = keepAlive({
    clock,
    logger,
    connect: async () => {
      const bin = options.bin ?? findNativeBinary();
      const env = options.env ?? childEnvironment(process.env);
      const server = await connectAppServer({
        transport: spawnCodex({
          bin,
          args: ['app-server', ...configFlags({ thread_unload_delay_secs: unloadDelaySecs, ...options.config })],
          env: options.codexHome === undefined ? env : { ...env, CODEX_HOME: options.codexHome },
          clock,
          logger,
        }),
        clientInfo: toClientInfo(options.clientInfo),
        clock,
        logger,
        requestTimeoutMs: options.requestTimeoutMs ?? 60_000,
      });
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

  return {
    capabilities: {
      ...{ deltas: true, approvals: true, steer: true },
      ...{ history: createHistory(use), models: createModels(use), account: createAccount(use) },
    },
    start: (input, own) => createRun(shared, { ...input, config: { ...environmentPolicy, ...input.config } }, own?.signal),
    check: () => checkHealth(use),
    async [Symbol.asyncDispose]() {
      idle.close();
      await servers.close();
    },
  };
}

function toClientInfo(info: CodexRunnerOptions['clientInfo']): ClientInfo {
  return { name: info?.name ?? 'threadbridge', title: info?.title ?? null, version: info?.version ?? '0.0.0' };
}
