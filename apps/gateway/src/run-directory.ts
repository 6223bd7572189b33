import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import type { ProfilePaths } from './config/home.ts';

/** What a unix socket's address can hold on every system, with room for what lies beside it. */
const longestBytes = 96;

/**
 * Where the socket of a profile's Codex lies: in the state directory, or, where that is too deep for a socket, in a directory of this user
 * below `/tmp`. Every process of the profile comes to the same path, whatever its variables are.
 */
export function codexSocket({ home, directory }: Pick<ProfilePaths, 'home' | 'directory'>): string {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const near = join(home, 'run', `codex-${name}.sock`);
  return Buffer.byteLength(near) <= longestBytes ? near : `/tmp/threadbridge-${process.getuid?.() ?? 'user'}/codex-${name}.sock`;
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
