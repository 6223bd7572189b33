import { loginEntry } from '../channels/login-entry.ts';
import { channelFactories } from '../channels/registry.ts';
import type { ResolvedProfile } from '../config/load.ts';
import { openKeystore } from '../keystore/open-keystore.ts';

/** A configured channel, and where its platform is asked. */
export interface ChannelAddress {
  readonly key: string;
  readonly address: string;
}

/** Where the platforms of the profile's channels are. Asks nobody. */
export async function channelAddresses(profile: ResolvedProfile): Promise<readonly ChannelAddress[]> {
  const keystore = openKeystore(profile);
  const addresses: ChannelAddress[] = [];
  for (const [key, settings] of Object.entries(profile.settings.channels)) {
    const account = channelFactories.find(({ type }) => type === settings.type)?.account;
    if (account === undefined) continue;
    // A key store that cannot be read is told by whoever needs the login itself.
    const stored = account.isElsewhere(settings) ? undefined : await keystore.get(loginEntry(key).id).catch(() => undefined);
    addresses.push({ key, address: account.address(settings, stored) });
  }
  return addresses;
}
