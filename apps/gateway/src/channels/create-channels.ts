import {
  asId,
  type Channel,
  type ChannelId,
  type Clock,
  GatewayError,
  isGatewayError,
  type Logger,
} from '@threadbridge/contract';
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
  /** Accounts that nobody has logged in, and why they were not made: `replace` makes them once somebody has. */
  readonly waiting: ReadonlyMap<string, GatewayError>;
  /** Lets go of the channel of that key, and makes what other settings say of it. Undefined: they say nothing, or it waits. */
  replace(key: string, settings: Profile): Promise<Channel | undefined>;
}

interface Made {
  readonly channel: OpenChannel;
  readonly projection: Projection | undefined;
}

/** Makes the channels that the profile names, in its order; all of them or none. */
export async function createChannels(
  factories: readonly ChannelFactory[],
  context: CreateChannelsContext,
): Promise<CreatedChannels> {
  const made = new Map<string, Made>();
  const waiting = new Map<string, GatewayError>();
  const release = async () => {
    for (const { channel } of [...made.values()].reverse()) await channel[Symbol.asyncDispose]?.();
  };
  const make = async (key: string, { settings }: Pick<CreateChannelsContext, 'settings'>) => {
    waiting.delete(key);
    try {
      const one = await createChannel(factories, key, { ...context, settings });
      made.set(key, one);
      return one.channel;
    } catch (error) {
      if (!context.canLogInLater || !isGatewayError(error) || error.code !== 'config.secret_missing') throw error;
      const { account, channel } = find(factories, key, settings);
      if (account === undefined || account.isElsewhere(channel)) throw error;
      waiting.set(key, error);
      return undefined;
    }
  };
  try {
    for (const key of Object.keys(context.settings.channels)) await make(key, context);
  } catch (error) {
    await release();
    throw error;
  }
  return {
    channels: Array.from(made.values(), ({ channel }) => channel),
    waiting,
    get projections() {
      return Object.fromEntries(
        Array.from(made).flatMap(([key, { projection }]) => (projection === undefined ? [] : [[key, projection]])),
      );
    },
    async replace(key, settings) {
      const old = made.get(key);
      made.delete(key);
      waiting.delete(key);
      await old?.channel[Symbol.asyncDispose]?.();
      return Object.hasOwn(settings.channels, key) ? make(key, { settings }) : undefined;
    },
    [Symbol.asyncDispose]: release,
  };
}

async function createChannel(
  factories: readonly ChannelFactory[],
  key: string,
  { profile, settings, secrets, paths, logger, clock, canLogInLater }: CreateChannelsContext,
): Promise<Made> {
  const { channel, ...factory } = find(factories, key, settings);
  const { language } = settings;
  const parts = { id: asId<ChannelId>(key), profile, language, settings: channel, secrets, paths, logger, clock, canLogInLater };
  return { channel: await factory.create(parts), projection: await factory.project?.(parts) };
}

function find(factories: readonly ChannelFactory[], key: string, settings: Profile) {
  const channel = settings.channels[key];
  const factory = factories.find(({ type }) => type === channel?.type);
  if (channel === undefined || factory === undefined) throw new TypeError(`Nothing makes the channel ${key}.`);
  return { ...factory, channel };
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
