import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { GatewayError } from '@threadbridge/contract';
import { makeDirectories, type ProfilePaths } from './config/home.ts';
import { askControl } from './control/ask-control.ts';
import { readIfThere, readOrMakeKey } from './key-file.ts';

/** The profile's keys of approval codes and action tokens: one in use, and those before it whose tokens are still taken. */
export interface TokenKeys {
  readonly tokenKey: string;
  readonly formerTokenKeys: readonly string[];
}

/** Replaced keys that are kept. Their tokens expire by themselves within days. */
const keptKeys = 2;
const remedy = 'Remove the file: a new key is made, and buttons and codes of questions that are open now stop working.';

/** Reads the keys, 32 random bytes in base64url a line, newest first; makes one where there is none. */
export async function readTokenKeys(path: string): Promise<TokenKeys> {
  const text = await readIfThere(path);
  if (text === undefined || !text.includes('\n')) return { tokenKey: await readOrMakeKey(path, remedy), formerTokenKeys: [] };
  const [tokenKey, ...formerTokenKeys] = text.trimEnd().split('\n');
  if (tokenKey === undefined || ![tokenKey, ...formerTokenKeys].every((key) => /^[\w-]{43}$/.test(key)))
    throw new GatewayError('config.invalid', `${path} does not hold keys of this program.`, { remedy, certain: true });
  return { tokenKey, formerTokenKeys };
}

/**
 * Puts a new key in use, also in the gateway that runs. What was minted before stays good until it expires; `revokes`: it ends at once.
 * Rejects with `config.invalid` where a gateway runs and could not take it over: then the key is replaced, and counts from its next start.
 */
export async function rotateTokenKeys(paths: ProfilePaths, options: { readonly revokes?: boolean } = {}): Promise<TokenKeys> {
  await makeDirectories(paths);
  const path = paths.tokenKey;
  const known = await readTokenKeys(path);
  const kept = options.revokes ? [] : [known.tokenKey, ...known.formerTokenKeys].slice(0, keptKeys);
  const next: TokenKeys = { tokenKey: randomBytes(32).toString('base64url'), formerTokenKeys: kept };
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, `${[next.tokenKey, ...kept].join('\n')}\n`, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  await askControl(paths, 'renewKeys');
  return next;
}
