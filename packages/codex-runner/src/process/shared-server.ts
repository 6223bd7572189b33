import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clock, GatewayError, type Logger } from '@threadbridge/contract';
import { connectSocket } from '../rpc/socket-transport.ts';
import type { Transport } from '../rpc/transport.ts';
import { isAlive, readPidFile, writePidFile } from './pid-file.ts';
import { sweepOrphans } from './sweep-orphans.ts';

export interface SharedServerOptions {
  readonly path: string;
  readonly bin: string;
  /** Of app-server, without where to listen. */
  readonly args: readonly string[];
  /** All that the server sees. */
  readonly env: Readonly<Record<string, string>>;
  /** It ends when no thread was loaded in it for so long. */
  readonly idleTimeoutMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Codex needs a tenth of a second, and a new home a third. */
const startMs = 20_000;
const pauseMs = 20;

/**
 * A connection to the server on that socket, which is started where there is none. It is nobody's child: it goes on when this process ends.
 * Rejects with `runner.missing` or `runner.lost`, certain.
 */
export async function openSharedServer(options: SharedServerOptions): Promise<Transport> {
  const { path } = options;
  const running = await connectSocket(options).catch(() => undefined);
  if (running !== undefined) return running;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const readFailure = startServer(options);
  const giveUpAt = options.clock.now() + startMs;
  for (;;) {
    // Whether it is ours or another process was faster does not matter.
    const transport = await connectSocket(options).catch(() => undefined);
    if (transport !== undefined) return transport;
    const failure = readFailure();
    if (failure !== undefined && !/in use/.test(failure.message)) throw await explained(failure, path);
    if (options.clock.now() > giveUpAt) throw await explained(new Error('It does not answer.'), path);
    await options.clock.sleep(pauseMs);
  }
}

/** Gives the function that tells why it is no more. */
function startServer(options: SharedServerOptions): () => Error | undefined {
  const { path } = options;
  let failure: Error | undefined;
  // Whoever served here before may have been killed.
  sweepOrphans(options.bin);
  // A pipe would break with this process, and with it the server.
  const log = openSync(`${path}.log`, 'w', 0o600);
  try {
    const child = spawn(options.bin, ['app-server', '--listen', `unix://${path}`, ...options.args], {
      cwd: dirname(path),
      env: { ...options.env },
      stdio: ['ignore', 'ignore', log],
      detached: true,
    });
    child.once('error', (error) => {
      failure = error;
    });
    child.once('exit', (code, signal) => {
      failure ??= new Error(`It ended ${signal === null ? `with code ${code}` : `by ${signal}`}.`);
    });
    child.unref();
    return () => failure;
  } finally {
    closeSync(log);
  }
}

/** Sees to it that the server with that process id is ended when it falls idle, whoever started it. */
export async function keepWatched(options: SharedServerOptions, pid: number): Promise<void> {
  const known = await readPidFile(options.path);
  if (known?.pid === pid && isAlive(known.watcher)) return;
  await writePidFile(options.path, { pid, ...startWatcher(options) });
}

/** A process of its own: this one may be gone by then. */
function startWatcher(options: SharedServerOptions): { readonly watcher?: number } {
  const isSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(isSource ? '../watch-server/index.ts' : './watch-server.js', import.meta.url));
  if (!existsSync(file)) {
    options.logger.warn({ file }, 'the program that ends an idle app-server is missing; stop it by `stopServer`');
    return {};
  }
  const given = JSON.stringify({ path: options.path, idleTimeoutMs: options.idleTimeoutMs });
  const child = spawn(process.execPath, [file, given], {
    cwd: dirname(options.path),
    env: { ELECTRON_RUN_AS_NODE: '1' },
    stdio: 'ignore',
    detached: true,
  });
  child.once('error', (cause) => options.logger.warn({ cause: cause.message }, 'an idle app-server will not be ended'));
  child.unref();
  return child.pid === undefined ? {} : { watcher: child.pid };
}

async function explained(failure: Error, path: string): Promise<GatewayError> {
  const log = await readFile(`${path}.log`, 'utf8').catch(() => '');
  // The rest of the log may hold words of a conversation.
  const complaints = [...log.matchAll(/^Error: (.*)/gm)].map(([, words = '']) => words.slice(0, 300)).slice(0, 3);
  const isMissing = 'code' in failure;
  return new GatewayError(
    isMissing ? 'runner.missing' : 'runner.lost',
    ['The shared app-server could not be started.', failure.message, ...complaints].join(' '),
    {
      certain: true,
      cause: failure,
      retry: isMissing ? 'never' : 'backoff',
      remedy: isMissing ? 'Check the option `bin`, or leave it out.' : `Look at ${path}.log.`,
    },
  );
}
