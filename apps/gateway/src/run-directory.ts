import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import type { ProfilePaths } from './config/home.ts';

/** What a unix socket's address can hold on every system, with room for what lies beside it. */
const longestBytes = 96;

type Place = Pick<ProfilePaths, 'home' | 'directory'>;

/**
 * Where a socket of a profile lies: in the state directory, or, where that is too deep for a socket, in a directory of this user below
 * `/tmp`. Every process of the profile comes to the same path, whatever its variables are.
 */
function socketPath({ home, directory }: Place, purpose: string): string {
  const name = `${purpose}-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\threadbridge-${name}`;
  const near = join(runDirectory(home), `${name}.sock`);
  return Buffer.byteLength(near) <= longestBytes ? near : `/tmp/threadbridge-${process.getuid?.() ?? 'user'}/${name}.sock`;
}

/** Of the Codex that a profile runs. */
export function codexSocket(place: Place): string {
  return socketPath(place, 'codex');
}

/** At which a running gateway answers the command line. */
export function controlSocket(place: Place): string {
  return socketPath(place, 'gateway');
}

/** What runs now, of all profiles. */
export function runDirectory(home: string): string {
  return join(home, 'run');
}

/** Makes the directory of sockets for its owner alone. Throws `config.unsafe` where it is somebody else's. */
export async function makeRunDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const found = await lstat(directory);
  const isOurs = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isDirectory() || !isOurs) {
    throw new GatewayError('config.unsafe', `The directory of sockets ${directory} belongs to somebody else.`, {
      remedy: 'Remove it, or use a shorter THREADBRIDGE_HOME, so that sockets lie there.',
      certain: true,
    });
  }
  await chmod(directory, 0o700);
}
