import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { GatewayError } from '@threadbridge/contract';
import type { ProfilePaths } from '../config/home.ts';
import type { WritableKeystore } from './file-keystore.ts';

/** As much of `@napi-rs/keyring` as is used. */
interface KeyringModule {
  readonly Entry: new (
    service: string,
    account: string,
  ) => {
    getPassword(): string | null;
    setPassword(secret: string): void;
    deletePassword(): boolean;
  };
  findCredentials(service: string): readonly { readonly account: string; readonly password: string }[];
}

export interface KeyringOptions {
  /** Default: `@napi-rs/keyring`, where it is installed. */
  readonly load?: () => KeyringModule;
}

/**
 * Secrets of a profile in the keyring of the operating system (Keychain, Credential Manager, Secret Service): other users and copies of the
 * disk do not get at them; programs of the same user may. What is in the file from before is still read there, and moves when it is set anew.
 */
export function createKeyringKeystore(
  { directory }: Pick<ProfilePaths, 'directory'>,
  file: WritableKeystore,
  { load = loadKeyring }: KeyringOptions = {},
): WritableKeystore {
  const service = `threadbridge ${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`;
  const use = <T>(what: string, work: (keyring: KeyringModule) => T): T => {
    try {
      return work(load());
    } catch (cause) {
      throw unreachable(what, cause);
    }
  };
  return {
    async get(id) {
      return (await file.get(id)) ?? use(`read ${id}`, ({ Entry }) => new Entry(service, id).getPassword() ?? undefined);
    },
    async set(id, secret) {
      use(`keep ${id}`, ({ Entry }) => new Entry(service, id).setPassword(secret));
      await file.delete(id);
    },
    async delete(id) {
      const wasInFile = await file.delete(id);
      const wasThere = use(`forget ${id}`, ({ Entry }) => {
        const entry = new Entry(service, id);
        return entry.getPassword() !== null && entry.deletePassword();
      });
      return wasInFile || wasThere;
    },
    async names() {
      const kept = use('list its entries', ({ findCredentials }) => findCredentials(service).map(({ account }) => account));
      return [...new Set([...(await file.names()), ...kept])].sort();
    },
  };
}

/** It is optional, since not every system has a binary for it. */
function loadKeyring(): KeyringModule {
  return createRequire(import.meta.url)('@napi-rs/keyring') as KeyringModule;
}

function unreachable(what: string, cause: unknown): GatewayError {
  const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  return new GatewayError('config.secret_missing', `The keyring of this computer could not ${what}: ${why}.`, {
    remedy:
      'It needs a desktop session that is unlocked, which a service at boot has not. Set keystore to "file" and store the secret again to keep it in the encrypted file.',
    certain: true,
    cause,
  });
}
