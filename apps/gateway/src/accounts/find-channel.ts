import { GatewayError } from '@threadbridge/contract';
import type { ChannelFactory } from '../channels/channel-factory.ts';
import { channelFactories } from '../channels/registry.ts';
import type { ResolvedProfile } from '../config/load.ts';
import { nearest } from '../config/nearest.ts';
import type { ChannelSettings } from '../config/schema-channel.ts';
import { profileFlag } from '../profile-flag.ts';

export interface FindChannelOptions {
  readonly profile: ResolvedProfile;
  /** The key of the channel in the configuration. */
  readonly key: string;
  /** Default: all that this version has. */
  readonly channelFactories?: readonly ChannelFactory[];
}

/** A configured channel and who makes it. Throws `config.invalid` where the profile has none under this key, or nobody makes it. */
export function findChannel({ profile, key, channelFactories: given = channelFactories }: FindChannelOptions): {
  readonly settings: ChannelSettings;
  readonly factory: ChannelFactory;
} {
  const { channels } = profile.settings;
  const settings = Object.hasOwn(channels, key) ? channels[key] : undefined;
  if (settings === undefined) {
    const keys = Object.keys(channels);
    const meant = nearest(key, keys);
    const known = keys.length === 0 ? 'none is configured.' : `configured are: ${keys.join(', ')}.`;
    const type = /feishu|lark/i.test(key) ? 'feishu' : 'ilink';
    throw new GatewayError(
      'config.invalid',
      `The profile ${profile.name} has no channel "${key}"; ${meant === undefined ? known : `did you mean "${meant}"?`}`,
      {
        remedy: `Configure it: threadbridge config set channels.${key} '{"type":"${type}"}'${profileFlag(profile.name)}`,
        certain: true,
      },
    );
  }
  const factory = given.find(({ type }) => type === settings.type);
  if (factory === undefined)
    throw new GatewayError('config.invalid', `This version has no channel type "${settings.type}" yet (channel "${key}").`, {
      certain: true,
    });
  return { settings, factory };
}
