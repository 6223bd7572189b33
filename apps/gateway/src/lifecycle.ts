import type { Channel } from '@threadbridge/contract';
import type { ServiceName } from './config/schema-service.ts';

/**
 * `unreachable`: its platform is not heard, and is tried again by itself. `needs-login`: only a person can mend it, by logging in. `failed`: only a
 * person can mend it, otherwise. `ended`: its feed is over.
 */
export type ChannelState = 'connected' | 'unreachable' | 'needs-login' | 'failed' | 'ended';

/** An error as it leaves the process: no stack, no cause. */
export interface EventError {
  readonly code?: string;
  readonly message: string;
  readonly remedy?: string;
}

/** Services that are on and not there: their default port cannot be had. */
export interface NotListening {
  readonly services: readonly ServiceName[];
  readonly host: string;
  readonly port: number;
  /** What gives them another port. */
  readonly setting: 'nativeApi.port' | 'console.port';
  /** Of the system. `EADDRINUSE`: another program has the port. */
  readonly reason: string;
}

/** All is opened, and each channel has said how it stands. The shape is public: `start --json` prints it. */
export interface ReadyEvent {
  readonly event: 'ready';
  readonly profile: string;
  readonly pid: number;
  /** By the user's own names of the accounts. */
  readonly channels: Readonly<Record<string, ChannelState>>;
  /** Base address, where it is on. */
  readonly nativeApi?: string;
  /** Address, where it is on. */
  readonly console?: string;
  /** An entry for each port that cannot be had. Absent: everything that is on is there. */
  readonly notListening?: readonly NotListening[];
}

/** What happens to a gateway as a whole; `start --json` prints one a line. */
export type LifecycleEvent =
  | { readonly event: 'starting'; readonly profile: string; readonly pid: number }
  | {
      readonly event: 'channel';
      readonly profile: string;
      readonly channel: string;
      readonly state: ChannelState;
      readonly error?: EventError;
    }
  | ReadyEvent
  | {
      readonly event: 'warning';
      readonly profile: string;
      readonly message: string;
      readonly remedy?: string;
      /** `unowned`: nobody in a chat owns the profile. Absent: anything else. */
      readonly about?: 'unowned';
      /** Present: the warning is about this. */
      readonly notListening?: NotListening;
    }
  | { readonly event: 'stopping'; readonly profile: string }
  /** The last event. `error`: it did not stop because it was asked to. */
  | { readonly event: 'stopped'; readonly profile: string; readonly error?: EventError };

/** Gathers the first word of every channel. */
export interface ChannelStates {
  set(channel: Channel, state: ChannelState): void;
  /** Resolves once every channel said something; at once where there is none. */
  readonly complete: Promise<void>;
  readonly isComplete: boolean;
  readonly current: Readonly<Record<string, ChannelState>>;
}

export function createChannelStates(channels: readonly Channel[]): ChannelStates {
  const states = new Map<string, ChannelState>();
  const { promise, resolve } = Promise.withResolvers<void>();
  if (channels.length === 0) resolve();
  return {
    set(channel, state) {
      states.set(channel.id, state);
      if (channels.every(({ id }) => states.has(id))) resolve();
    },
    complete: promise,
    get isComplete() {
      return channels.every(({ id }) => states.has(id));
    },
    get current() {
      return Object.fromEntries(states);
    },
  };
}
