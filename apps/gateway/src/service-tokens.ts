import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import type { ResolvedProfile } from './config/load.ts';
import type { Secrets } from './config/secrets.ts';
import { readIfThere } from './key-file.ts';
import type { WritableKeystore } from './keystore/file-keystore.ts';
import { openKeystore } from './keystore/open-keystore.ts';

/** The services whose callers send a bearer token. */
const services = ['nativeApi', 'console'] as const;
export type TokenService = (typeof services)[number];

type Place = Pick<ResolvedProfile, 'settings' | 'paths'>;

/** What a service's callers have to send: what the configuration names, else a token that is made once and kept in the key store. */
export async function readServiceToken(
  service: TokenService,
  { settings, paths, secrets, keystore }: Place & { readonly secrets: Secrets; readonly keystore: WritableKeystore },
): Promise<string> {
  const { token } = settings[service];
  if (token !== undefined) return (await secrets.read(token, `${service}.token`)).reveal();
  const made = await madeToken(service, paths, keystore);
  secrets.conceal(made);
  return made;
}

/** A service's token, as a person may see it. `shown`: it was shown before, at that moment in epoch ms. `configured`: the configuration says where it is. */
export type ServiceToken = { readonly service: TokenService } & (
  | { readonly state: 'new'; readonly token: string }
  | { readonly state: 'shown'; readonly shownAt: number }
  | { readonly state: 'configured' }
);

/**
 * Shows the tokens of the services that are switched on, each made one once. Makes those that are not there yet; the service will use
 * them. A lost one: take the entry `SERVICE.token` out of the key store, and a new one is made.
 */
export async function showServiceTokens(
  profile: Place,
  options: { readonly keystore?: WritableKeystore; readonly nowMs?: number } = {},
): Promise<readonly ServiceToken[]> {
  const { settings, paths } = profile;
  const { keystore = openKeystore(profile), nowMs = Date.now() } = options;
  const tokens: ServiceToken[] = [];
  for (const service of services.filter((each) => settings[each].enabled)) {
    if (settings[service].token !== undefined) {
      tokens.push({ service, state: 'configured' });
      continue;
    }
    const token = await madeToken(service, paths, keystore);
    const [shownToken, shownAt] = (await keystore.get(shownEntry(service)))?.split(' ') ?? [];
    if (shownToken === token) tokens.push({ service, state: 'shown', shownAt: Number(shownAt) });
    else {
      await keystore.set(shownEntry(service), `${token} ${nowMs}`);
      tokens.push({ service, state: 'new', token });
    }
  }
  return tokens;
}

/** Puts a new token in the place of the one that was made, and answers with it. The service takes it at its next start. */
export async function rotateServiceToken(service: TokenService, profile: Place): Promise<string> {
  if (profile.settings[service].token !== undefined) {
    throw new GatewayError('config.invalid', `The token of ${service} is not made here: ${service}.token says where it is.`, {
      remedy: 'Replace it there.',
      certain: true,
    });
  }
  const keystore = openKeystore(profile);
  await keystore.delete(tokenEntry(service));
  const token = await madeToken(service, profile.paths, keystore);
  await keystore.set(shownEntry(service), `${token} ${Date.now()}`);
  return token;
}

/** Names of the secrets in a key store, sorted; that a token was shown is kept there, too, and is none. */
export async function secretNames(keystore: Pick<WritableKeystore, 'names'>): Promise<readonly string[]> {
  const marks = services.map(shownEntry);
  return (await keystore.names()).filter((name) => !marks.includes(name));
}

/** Takes a secret out of a key store; of a token also that it was shown. Whether there was such a secret. */
export async function forgetSecret(id: string, keystore: Pick<WritableKeystore, 'delete'>): Promise<boolean> {
  const service = services.find((each) => tokenEntry(each) === id);
  if (service !== undefined) await keystore.delete(shownEntry(service));
  return await keystore.delete(id);
}

/** Where a token that was made is kept. */
function tokenEntry(service: TokenService): string {
  return `${service}.token`;
}

/** Which token was shown, and when. */
function shownEntry(service: TokenService): string {
  return `${tokenEntry(service)}.shown`;
}

async function madeToken(service: TokenService, paths: Place['paths'], keystore: WritableKeystore): Promise<string> {
  const entry = tokenEntry(service);
  const known = await keystore.get(entry);
  if (known !== undefined) return known;
  // Version 0.1.0 kept this one in a file.
  const file = join(paths.directory, 'native-api-token');
  const kept = service === 'nativeApi' ? await readIfThere(file) : undefined;
  const token = kept ?? randomBytes(32).toString('base64url');
  await keystore.set(entry, token);
  if (kept !== undefined) await rm(file);
  return token;
}
