import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, unlink, writeFile } from 'node:fs/promises';
import { GatewayError } from '@threadbridge/contract';

/** Reads the profile's key of approval codes and action tokens, 32 random bytes in base64url; makes it where there is none. */
export async function readTokenKey(path: string): Promise<string> {
  const known = await readIfThere(path);
  if (known !== undefined) return check(known, path);
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  try {
    // A link appears whole or not at all, and never replaces a key that another process made meanwhile.
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return check(await readFile(path, 'utf8'), path);
}

async function check(text: string, path: string): Promise<string> {
  if (!/^[\w-]{43}$/.test(text))
    throw new GatewayError('config.invalid', `${path} does not hold a key of this program.`, {
      remedy: 'Remove the file: a new key is made, and codes of questions that are open now stop working.',
      certain: true,
    });
  await chmod(path, 0o600);
  return text;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
