import type { Channel, ChannelId, Clock, Logger } from '@threadbridge/contract';
import type { ProfilePaths } from '../config/home.ts';
import type { ChannelSettings, ChannelSettingsOf, ChannelType } from '../config/schema-channel.ts';
import type { Secrets } from '../config/secrets.ts';

/** What a channel is made of. */
export interface ChannelContext<Settings extends ChannelSettings = ChannelSettings> {
  readonly id: ChannelId;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly paths: ProfilePaths;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** How channels of one configured type are made. Opens no connection: that is done by receiving. */
export interface ChannelFactory {
  readonly type: ChannelType;
  create(context: ChannelContext): Promise<Channel>;
}

/** Declares how channels of a type are made; `create` gets the settings of just that type. */
export function channelFactory<Type extends ChannelType>(
  type: Type,
  create: (context: ChannelContext<ChannelSettingsOf<Type>>) => Promise<Channel>,
): ChannelFactory {
  return {
    type,
    create: (context) => create(context as ChannelContext<ChannelSettingsOf<Type>>),
  };
}

/** The channel types this version can run: one file beside this one and one line here for each. */
export const channelFactories: readonly ChannelFactory[] = [];
