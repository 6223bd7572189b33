import { asId, type Channel, type ChannelId, type Clock, GatewayError, type Logger } from '@threadbridge/contract';
import type { Projection } from '@threadbridge/core';
import type { ProfilePaths } from '../config/home.ts';
import type { Profile } from '../config/schema.ts';
import type { Secrets } from '../config/secrets.ts';
import type { ChannelFactory, OpenChannel } from './channel-factory.ts';

export interface CreateChannelsContext {
  /** The profile's name. */
  readonly profile: string;
  readonly settings: Profile;
  readonly secrets: Secrets;
  readonly paths: ProfilePaths;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly canLogInLater: boolean;
}

/** Channels, and the way to let go of what they hold. */
export interface CreatedChannels extends AsyncDisposable {
  readonly channels: readonly OpenChannel[];
  /** What commands of runs are given at the platforms, by channel. */
  readonly projections: Readonly<Record<string, Projection>>;
}

/** Makes the channels that the profile names, in its order; all of them or none. */
export async function createChannels(
  factories: readonly ChannelFactory[],
  { profile, settings, secrets, paths, logger, clock, canLogInLater }: CreateChannelsContext,
): Promise<CreatedChannels> {
  const channels: OpenChannel[] = [];
  const projections: Record<string, Projection> = {};
  const release = async () => {
    for (const channel of channels.toReversed()) await channel[Symbol.asyncDispose]?.();
  };
  try {
    for (const [key, channel] of Object.entries(settings.channels)) {
      const factory = factories.find(({ type }) => type === channel.type);
      if (factory === undefined) throw new TypeError(`Nothing makes channels of type ${channel.type}.`);
      const id = asId<ChannelId>(key);
      const parts = { id, profile, settings: channel, secrets, paths, logger, clock, canLogInLater };
      channels.push(await factory.create(parts));
      const projection = await factory.project?.(parts);
      if (projection !== undefined) projections[key] = projection;
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { channels, projections, [Symbol.asyncDispose]: release };
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
