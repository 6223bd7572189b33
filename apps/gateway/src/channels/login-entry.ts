import type { SecretReference } from '../config/schema-secret.ts';
import { profileFlag } from '../profile-flag.ts';

/** Where the login of a channel is kept: by the path of the setting that may name another place. */
export function loginEntry(key: string): Extract<SecretReference, { readonly source: 'keystore' }> {
  return { source: 'keystore', id: `channels.${key}.credentials` };
}

/** What to type to log a channel of a profile in, or `codex`. */
export function loginCommand(key: string, profile: string): string {
  return `threadbridge login ${key}${profileFlag(profile)}`;
}

/** The remedy where nobody is logged in. */
export function loginRemedy(key: string, profile: string): string {
  return `Log in: ${loginCommand(key, profile)}`;
}
