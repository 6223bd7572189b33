import { randomBytes, scryptSync } from 'node:crypto';
import { GatewayError } from '@threadbridge/contract';
import * as z from 'zod';
import type { WritableKeystore } from '../keystore/file-keystore.ts';
import { type Entries, seal, unseal } from '../keystore/seal.ts';

const shortest = 12;
/** Memory of 128 MiB a try. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 } as const;
const sealedSchema = z.object({ salt: z.base64(), entries: z.unknown() });

/** The secrets of a profile: entries of its key store by name, and the text of its file of token keys. */
export interface KeptSecrets {
  readonly entries: Entries;
  readonly tokenKeys?: string;
}

const entryPrefix = 'entry ';
const tokenKeysName = 'token-keys';

export async function gatherSecrets(keystore: WritableKeystore, tokenKeys: string | undefined): Promise<KeptSecrets> {
  const entries: Record<string, string> = {};
  for (const id of await keystore.names()) {
    const secret = await keystore.get(id);
    if (secret !== undefined) entries[id] = secret;
  }
  return { entries, ...(tokenKeys !== undefined && { tokenKeys }) };
}

/** Encrypts with a key that is made of the passphrase. Throws `config.invalid` where that is too short. */
export function sealSecrets({ entries, tokenKeys }: KeptSecrets, passphrase: string): string {
  if (passphrase.length < shortest) {
    throw new GatewayError('config.invalid', `A passphrase has at least ${shortest} characters; nothing was written.`, {
      remedy: 'Some words that nobody would guess together will do.',
      certain: true,
    });
  }
  const salt = randomBytes(16);
  const named = Object.entries(entries).map(([id, secret]) => [entryPrefix + id, secret]);
  const all = { ...Object.fromEntries(named), ...(tokenKeys !== undefined && { [tokenKeysName]: tokenKeys }) };
  const sealed: unknown = JSON.parse(seal(all, keyOf(passphrase, salt)));
  return JSON.stringify({ salt: salt.toString('base64'), entries: sealed });
}

/** Throws `config.secret_missing` where the passphrase is another one. */
export function unsealSecrets(text: string, passphrase: string): KeptSecrets {
  try {
    const { salt, entries } = sealedSchema.parse(JSON.parse(text));
    const all = unseal(JSON.stringify(entries), keyOf(passphrase, Buffer.from(salt, 'base64')));
    const { [tokenKeysName]: tokenKeys, ...named } = all;
    const ids = Object.entries(named).map(([name, secret]) => [name.slice(entryPrefix.length), secret]);
    return { entries: Object.fromEntries(ids), ...(tokenKeys !== undefined && { tokenKeys }) };
  } catch (cause) {
    throw new GatewayError('config.secret_missing', 'The secrets of the backup do not open; nothing was changed.', {
      remedy: 'Give the passphrase they were sealed with, or leave --with-secrets out and log in again.',
      certain: true,
      cause,
    });
  }
}

function keyOf(passphrase: string, salt: Buffer): string {
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, cost).toString('base64url');
}
