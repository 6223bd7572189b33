import type { AccountView, ChannelFactory } from '../channels/channel-factory.ts';
import { loginEntry } from '../channels/login-entry.ts';
import { channelFactories } from '../channels/registry.ts';
import type { ResolvedProfile } from '../config/load.ts';
import type { ChannelType } from '../config/schema-channel.ts';
import type { Keystore } from '../config/secrets.ts';
import { openKeystore } from '../keystore/open-keystore.ts';

export interface ShowAccountsOptions {
  readonly profile: ResolvedProfile;
  readonly type: ChannelType;
  readonly keystore?: Keystore;
  readonly channelFactories?: readonly ChannelFactory[];
}

/** A configured account. */
export interface AccountState extends AccountView {
  readonly key: string;
  /** `stored`: by a login, in the key store. `absent`: nobody has logged in. `elsewhere`: the setting names another place; not read here. */
  readonly login: 'stored' | 'absent' | 'elsewhere';
}

/** The accounts of a type that the profile names, in its order. Asks nobody, prints no secret. */
export async function showAccounts(options: ShowAccountsOptions): Promise<readonly AccountState[]> {
  const { profile, type } = options;
  const keystore = options.keystore ?? openKeystore(profile);
  const account = (options.channelFactories ?? channelFactories).find((factory) => factory.type === type)?.account;
  const states: AccountState[] = [];
  for (const [key, settings] of Object.entries(profile.settings.channels)) {
    if (settings.type !== type || account === undefined) continue;
    const isElsewhere = account.isElsewhere(settings);
    const stored = isElsewhere ? undefined : await keystore.get(loginEntry(key).id);
    const login = isElsewhere ? 'elsewhere' : stored === undefined ? 'absent' : 'stored';
    states.push({ key, login, ...account.describe(settings, stored) });
  }
  return states;
}
