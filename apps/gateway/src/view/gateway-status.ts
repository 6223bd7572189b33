import { asId, type ChannelEntry, type ChannelId, type GatewayStatus } from '@threadbridge/contract';
import type { ChannelFactory } from '../channels/channel-factory.ts';
import type { ResolvedProfile } from '../config/load.ts';
import type { ChannelState, EventError } from '../lifecycle.ts';
import type { Changes } from './changes.ts';

/** What is known of the gateway as a whole. */
export interface StatusBoard {
  set(channel: ChannelId, told: { readonly state: ChannelState; readonly error?: EventError }): void;
  current(): GatewayStatus;
}

export interface StatusBoardOptions {
  readonly profile: ResolvedProfile;
  readonly startedAt: number;
  readonly channelFactories: readonly ChannelFactory[];
  readonly changes: Changes;
}

export function createStatusBoard({ profile, startedAt, channelFactories, changes }: StatusBoardOptions): StatusBoard {
  const channels = new Map<string, ChannelEntry>();
  for (const [key, settings] of Object.entries(profile.settings.channels)) {
    const account = channelFactories.find(({ type }) => type === settings.type)?.account;
    const canLogin = account !== undefined && !account.isElsewhere(settings);
    channels.set(key, { id: asId<ChannelId>(key), type: settings.type, state: 'starting', canLogin });
  }
  return {
    set(channel, { state, error }) {
      const { problem: _, ...known } = channels.get(channel) ?? { id: channel, canLogin: false };
      const problem = error && [error.message, error.remedy].filter((text) => text !== undefined).join(' ');
      channels.set(channel, { ...known, state, ...(problem !== undefined && { problem }) });
      changes.tell({ type: 'channel', channel });
    },
    current: () => ({ profile: profile.name, startedAt, channels: [...channels.values()] }),
  };
}
