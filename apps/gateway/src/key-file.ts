import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, unlink, writeFile } from 'node:fs/promises';
import { GatewayError } from '@threadbridge/contract';
import { onDisk } from './on-disk.ts';

/** Reads a key of this program, 32 random bytes in base64url; makes it where there is none. `remedy`: what to do with a broken one. */
export async function readOrMakeKey(path: string, remedy: string): Promise<string> {
  const known = await readKey(path, remedy);
  if (known !== undefined) return known;
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await onDisk(path, () => writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }));
  try {
    // A link appears whole or not at all, and never replaces a key that another process made meanwhile.
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return check(await readFile(path, 'utf8'), path, remedy);
}

/** Undefined: there is none. */
export async function readKey(path: string, remedy: string): Promise<string | undefined> {
  const text = await readIfThere(path);
  return text === undefined ? undefined : check(text, path, remedy);
}

/** The text of a file; undefined where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function check(text: string, path: string, remedy: string): Promise<string> {
  if (!/^[\w-]{43}$/.test(text))
    throw new GatewayError('config.invalid', `${path} does not hold a key of this program.`, { remedy, certain: true });
  await chmod(path, 0o600);
  return text;
}
