import { GatewayError } from '@threadbridge/contract';
import type { AccountLogin } from '../channels/channel-factory.ts';
import { loginEntry } from '../channels/login-entry.ts';
import type { ChannelSettings } from '../config/schema-channel.ts';
import type { WritableKeystore } from '../keystore/file-keystore.ts';
import { openKeystore } from '../keystore/open-keystore.ts';
import { type FindChannelOptions, findChannel } from './find-channel.ts';

/** Which account, and where its login is kept. */
export interface AccountOptions extends FindChannelOptions {
  /** Default: the encrypted file of the profile. */
  readonly keystore?: WritableKeystore;
}

/** A channel whose login is kept in the key store, under the name `entry`. */
export interface FoundAccount {
  readonly settings: ChannelSettings;
  readonly account: AccountLogin;
  readonly keystore: WritableKeystore;
  readonly entry: string;
}

/** Throws `config.invalid` where there is no such channel, or where nobody would read a login of it. */
export function findAccount(options: AccountOptions): FoundAccount {
  const { key, profile } = options;
  const { settings, factory } = findChannel(options);
  const { account } = factory;
  if (account === undefined)
    throw new GatewayError('config.invalid', `Channels of type ${settings.type} have no login of this kind (channel "${key}").`, {
      remedy: 'Put what it needs into the configuration.',
      certain: true,
    });
  if (account.isElsewhere(settings))
    throw new GatewayError(
      'config.invalid',
      `The login of "${key}" is kept where channels.${key} says; this command does not write there.`,
      { remedy: 'Take the secret out of the configuration to keep the login in the key store.', certain: true },
    );
  const keystore = options.keystore ?? openKeystore(profile);
  return { settings, account, keystore, entry: loginEntry(key).id };
}
