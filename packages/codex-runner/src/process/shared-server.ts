import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Clock, GatewayError, type Logger } from '@threadbridge/contract';
import { connectSocket } from '../rpc/socket-transport.ts';
import type { Transport } from '../rpc/transport.ts';
import { isAlive, type PidFile, readPidFile, writePidFile } from './pid-file.ts';
import { startWatch } from './start-watch.ts';
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

export interface SharedServer {
  readonly transport: Transport;
  /** What was started for it; another process may have been faster, and then it ends by itself. */
  readonly started?: PidFile;
}

/**
 * A connection to the server on that socket, which is started where there is none. It is nobody's child: it goes on when this process ends.
 * Rejects with `runner.missing` or `runner.lost`, certain.
 */
export async function openSharedServer(options: SharedServerOptions): Promise<SharedServer> {
  const { path } = options;
  const running = await connectSocket(options).catch(() => undefined);
  if (running !== undefined) return { transport: running };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { started, readFailure } = startServer(options);
  const giveUpAt = options.clock.now() + startMs;
  for (;;) {
    // Whether it is ours or another process was faster does not matter.
    const transport = await connectSocket(options).catch(() => undefined);
    if (transport !== undefined) return { transport, ...(started && { started }) };
    const failure = readFailure();
    if (failure !== undefined && !/in use/.test(failure.message)) throw await explained(failure, path);
    if (options.clock.now() > giveUpAt) throw await explained(new Error('It does not answer.'), path);
    await options.clock.sleep(pauseMs);
  }
}

interface Starting {
  readonly started: PidFile | undefined;
  /** Why it is no more. */
  readonly readFailure: () => Error | undefined;
}

/** Starts the server and its watch at once: this process may be killed before it is connected. */
function startServer(options: SharedServerOptions): Starting {
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
    return { started: child.pid === undefined ? undefined : watched(options, child.pid), readFailure: () => failure };
  } finally {
    closeSync(log);
  }
}

/** Sees to it that the server with that process id is ended when it falls idle, whoever started it. */
export async function keepWatched(options: SharedServerOptions, pid: number, started?: PidFile): Promise<void> {
  if (started?.pid === pid) return writePidFile(options.path, started);
  const known = await readPidFile(options.path);
  if (known?.pid !== pid || !isAlive(known.watcher)) await writePidFile(options.path, watched(options, pid));
}

function watched(options: SharedServerOptions, pid: number): PidFile {
  const watcher = startWatch(options, pid);
  return { pid, ...(watcher !== undefined && { watcher }) };
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
