import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Clock, GatewayError, type Logger } from '@threadbridge/contract';
import { maybe } from '../convert/seen.ts';
import { connectSocket } from '../rpc/socket-transport.ts';
import type { Transport } from '../rpc/transport.ts';
import { startStopwatch } from '../stopwatch.ts';
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
  const { path, clock } = options;
  const connect = () => connectSocket(options).catch(() => undefined);
  const running = await connect();
  if (running !== undefined) return { transport: running };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { started, readFailure } = startServer(options);
  const elapsedMs = startStopwatch(clock);
  for (;;) {
    // Looked at before connecting: where another process was faster, ours ends when the other's listens already.
    const failure = readFailure();
    const transport = (await connect()) ?? (failure && (await connectUnlinked(options)));
    if (transport !== undefined) return { transport, ...maybe('started', started) };
    if (failure !== undefined) throw await explained(failure, path);
    if (elapsedMs() > startMs) throw await explained(new Error('It does not answer.'), path);
    await clock.sleep(pauseMs);
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
  return { pid, ...maybe('watcher', startWatch(options, pid)) };
}

/**
 * Codex listens in a directory of its own and makes the path a link to there. While a server lives whose link was removed, no other starts
 * on that path, but it tells where that one listens. The link is put back for everybody else.
 */
async function connectUnlinked(options: SharedServerOptions): Promise<Transport | undefined> {
  const { path } = options;
  const [, socket] = /control socket is already in use at (\/.+)/.exec((await readComplaints(path)).join('\n')) ?? [];
  if (socket === undefined || socket === path) return undefined;
  const transport = await connectSocket({ ...options, path: socket }).catch(() => undefined);
  // Another process may have put it back before.
  if (transport !== undefined) await symlink(socket, path).catch(() => {});
  return transport;
}

/** Of the log only what Codex calls an error of the program: the rest may hold words of a conversation. */
async function readComplaints(path: string): Promise<readonly string[]> {
  const log = await readFile(`${path}.log`, 'utf8').catch(() => '');
  return [...log.matchAll(/^Error: (.*)/gm)].map(([, words = '']) => words.slice(0, 300)).slice(0, 3);
}

async function explained(failure: Error, path: string): Promise<GatewayError> {
  const isMissing = 'code' in failure;
  return new GatewayError(
    isMissing ? 'runner.missing' : 'runner.lost',
    ['The shared app-server could not be started.', failure.message, ...(await readComplaints(path))].join(' '),
    {
      certain: true,
      cause: failure,
      retry: isMissing ? 'never' : 'backoff',
      remedy: isMissing ? 'Check the option `bin`, or leave it out.' : `Look at ${path}.log.`,
    },
  );
}
