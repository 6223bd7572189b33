import type { Environment } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { createSecrets } from './config/secrets.ts';
import type { WritableKeystore } from './keystore/file-keystore.ts';
import { openKeystore } from './keystore/open-keystore.ts';
import { readServiceToken } from './service-tokens.ts';

export interface ConsoleLinkOptions {
  readonly profile: ResolvedProfile;
  /** Of the console, from the `ready` event. */
  readonly address: string;
  /** For tokens that are kept in variables. */
  readonly environment: Environment;
  /** Default: the one that the profile names. */
  readonly keystore?: WritableKeystore;
}

/** The address that lets the person at this computer into the console: with the token in its fragment, so a secret. */
export async function consoleLink({ profile, address, environment, ...options }: ConsoleLinkOptions): Promise<string> {
  const { keystore = openKeystore(profile) } = options;
  const secrets = createSecrets({ environment, keystore });
  const token = await readServiceToken('console', { ...profile, secrets, keystore });
  return `${address}/#token=${encodeURIComponent(token)}`;
}
