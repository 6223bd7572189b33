import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import { makeRunDirectory } from './run-directory.ts';

export interface AppLockOptions {
  /** What may be open once on this computer, whatever the profile and the state directory: an app at its platform. */
  readonly app: string;
  /** How people call it. */
  readonly title: string;
  /** Who holds it, for the one who is refused: a profile and where its state lies. */
  readonly holder: string;
}

/** All processes of this user come to the same place, whatever their variables are. */
const directory = `/tmp/threadbridge-${process.getuid?.() ?? 'user'}`;

/**
 * Holds an app for this process until it is disposed of, or the process ends in whatever way: a socket that says who holds it. Throws
 * `channel.held` with the holder's name where another process has it.
 */
export async function lockApp({ app, title, holder }: AppLockOptions): Promise<AsyncDisposable> {
  const name = createHash('sha256').update(app).digest('hex').slice(0, 16);
  const isPipe = process.platform === 'win32';
  const path = isPipe ? `\\\\.\\pipe\\threadbridge-app-${name}` : join(directory, `app-${name}.sock`);
  if (!isPipe) await makeRunDirectory(directory);
  for (let attempt = 1; ; attempt += 1) {
    const server = await listen(path, `${holder}, process ${process.pid}`);
    if (server !== undefined) return { [Symbol.asyncDispose]: () => close(server) };
    const other = isPipe || attempt > 3 ? ((await ask(path)) ?? 'a process that does not answer') : await askOrClear(path);
    if (other !== undefined) throw held(title, other);
  }
}

/** The socket of a dead process is put away. It is moved first, so that a living one that has just taken its place is seen and put back. */
async function askOrClear(path: string): Promise<string | undefined> {
  const holder = await ask(path);
  if (holder !== undefined) return holder;
  const aside = `${path}.${randomUUID().slice(0, 8)}`;
  try {
    await rename(path, aside);
  } catch {
    return undefined;
  }
  const other = await ask(aside);
  await (other === undefined ? rm(aside, { force: true }) : rename(aside, path));
  return other;
}

/** Undefined: the address is taken. */
async function listen(path: string, holder: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(holder);
  });
  server.unref();
  server.listen(path);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

const longestName = 1_000;
const answerMs = 2_000;

/** Who is behind the socket; undefined: nobody. */
function ask(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let said = '';
    socket.setEncoding('utf8').setTimeout(answerMs, () => socket.destroy());
    socket.on('data', (text) => {
      said = (said + text).slice(0, longestName);
    });
    socket.on('connect', () => socket.on('close', () => resolve(said || 'a process that does not say its name')));
    socket.on('error', () => resolve(undefined));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function held(title: string, holder: string): GatewayError {
  return new GatewayError('channel.held', `${title} is in use by ${holder}. Two receivers would take each other's messages.`, {
    certain: true,
    remedy: 'Stop that one first, or give this profile an app of its own.',
  });
}
