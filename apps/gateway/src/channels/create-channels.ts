import { asId, type Channel, type ChannelId, type Clock, GatewayError, type Logger } from '@threadbridge/contract';
import type { ProfilePaths } from '../config/home.ts';
import type { Profile } from '../config/schema.ts';
import type { Secrets } from '../config/secrets.ts';
import type { ChannelFactory } from './channel-factory.ts';

export interface CreateChannelsContext {
  readonly settings: Profile;
  readonly secrets: Secrets;
  readonly paths: ProfilePaths;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Makes the channels that the profile names, in its order. */
export async function createChannels(
  factories: readonly ChannelFactory[],
  { settings, secrets, paths, logger, clock }: CreateChannelsContext,
): Promise<readonly Channel[]> {
  const channels: Channel[] = [];
  for (const [key, channel] of Object.entries(settings.channels)) {
    const factory = factories.find(({ type }) => type === channel.type);
    if (factory === undefined) throw new TypeError(`Nothing makes channels of type ${channel.type}.`);
    channels.push(await factory.create({ id: asId<ChannelId>(key), settings: channel, secrets, paths, logger, clock }));
  }
  return channels;
}

/** Refuses two channels under one key: people and conversations are told apart by it. Throws `config.invalid`. */
export function refuseDoubles(channels: readonly Channel[]): void {
  const seen = new Set<string>();
  for (const { id } of channels) {
    if (seen.has(id)) {
      throw new GatewayError('config.invalid', `Two channels are called "${id}".`, {
        remedy: `Give the one in the configuration another key; "${id}" is taken by the program itself.`,
        certain: true,
      });
    }
    seen.add(id);
  }
}
