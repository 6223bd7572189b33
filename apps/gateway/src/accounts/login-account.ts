import type { JsonObject, LoginStep } from '@threadbridge/contract';
import type { AccountView, LoginContext } from '../channels/channel-factory.ts';
import { makeDirectories } from '../config/home.ts';
import { type AccountOptions, findAccount } from './find-account.ts';

export interface LoginAccountOptions extends AccountOptions, Pick<LoginContext, 'readCode' | 'readSecret' | 'app' | 'signal'> {}

/** A step of a login for people and programs: credentials are stored, not told. */
export type LoginProgress =
  | Exclude<LoginStep<JsonObject>, { readonly type: 'complete' }>
  /** The login is stored; a running gateway whose login has ended takes it by itself, others at their next start. */
  | { readonly type: 'complete'; readonly account: AccountView };

/**
 * Logs a configured account in, step by step, and stores what the platform gave before it says `complete`. Ends as a
 * {@link LoginStep} sequence does. Throws `config.invalid` where the channel cannot be logged in, `config.secret_missing` where the key
 * store cannot be read, and `channel.*` where the platform gives no code.
 */
export async function* loginAccount(options: LoginAccountOptions): AsyncGenerator<LoginProgress, void, undefined> {
  const { account, settings, keystore, entry } = findAccount(options);
  const stored = await keystore.get(entry);
  const { signal, readCode, readSecret, app } = options;
  for await (const step of account.login({
    settings,
    stored,
    signal,
    readCode,
    ...(readSecret && { readSecret }),
    ...(app !== undefined && { app }),
  })) {
    if (step.type !== 'complete') {
      yield step;
      continue;
    }
    const credentials = JSON.stringify(step.credentials);
    await makeDirectories(options.profile.paths);
    await keystore.set(entry, credentials);
    yield { type: 'complete', account: account.describe(settings, credentials) };
  }
}

/**
 * Forgets the login of an account; answers whether there was one. The platform is not told (WeChat has no way to): there the
 * login ends with the next one.
 */
export async function logoutAccount(options: AccountOptions): Promise<boolean> {
  const { keystore, entry } = findAccount(options);
  return keystore.delete(entry);
}
