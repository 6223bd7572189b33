import type { SecretReference } from '../config/schema-secret.ts';

/** Where the login of a channel is kept: by the path of the setting that may name another place. */
export function loginEntry(key: string): Extract<SecretReference, { readonly source: 'keystore' }> {
  return { source: 'keystore', id: `channels.${key}.credentials` };
}

/** What to type to log a channel of a profile in. */
export function loginCommand(key: string, profile: string): string {
  return `threadbridge login ${key}${profile === 'default' ? '' : ` --profile ${profile}`}`;
}
