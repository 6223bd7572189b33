import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import { type LoadOptions, loadConfig, resolveProfile } from '../config/load.ts';
import { readIfThere } from '../key-file.ts';
import { openKeystore } from '../keystore/open-keystore.ts';
import { parts } from './manifest.ts';
import { unsealSecrets } from './sealed-secrets.ts';

/** Secrets that were unsealed. */
export interface PlannedSecrets {
  /** Keeps the present files in that directory, and puts the secrets where the profile keeps them. */
  write(aside: string): Promise<void>;
}

/** Opens the secrets of a backup. Rejects with `config.invalid` (it has none) or `config.secret_missing` (another passphrase). */
export async function planSecrets(content: string, passphrase: string, load: LoadOptions): Promise<PlannedSecrets> {
  const sealed = await readIfThere(join(content, parts.secrets));
  if (sealed === undefined) {
    throw new GatewayError('config.invalid', 'This backup holds no secrets; nothing was changed.', {
      remedy: 'Leave --with-secrets out, and log in again afterwards.',
      certain: true,
    });
  }
  const { entries, tokenKeys } = unsealSecrets(sealed, passphrase);
  return {
    async write(aside) {
      const profile = resolveProfile(await loadConfig(load));
      const { keystore, keystoreKey, tokenKey } = profile.paths;
      for (const file of [keystore, keystoreKey, tokenKey].filter((each) => existsSync(each))) {
        await mkdir(aside, { recursive: true, mode: 0o700 });
        await copyFile(file, join(aside, basename(file)));
      }
      const store = openKeystore(profile);
      for (const [id, secret] of Object.entries(entries)) await store.set(id, secret);
      if (tokenKeys === undefined) return;
      await writeFile(`${tokenKey}.new`, tokenKeys, { mode: 0o600 });
      await rename(`${tokenKey}.new`, tokenKey);
    },
  };
}
