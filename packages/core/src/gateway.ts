import type { Channel, Clock, Logger, Runner } from '@threadbridge/contract';
import type { ProfileRules } from './decide/rules.ts';
import type { Files } from './ports/files.ts';
import type { Store } from './ports/store.ts';

export interface GatewayOptions {
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly runner: Runner;
  readonly rules: ProfileRules;
  readonly files: Files;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: silent. */
  readonly logger?: Logger;
  /** Told whenever a channel's connection changes; `failed` carries what a person has to do. */
  readonly onChannel?: (channel: Channel, state: 'connected' | 'ended' | { readonly failed: Error }) => void;
  /** How long running turns may take to end after an abort, ms. Default 10,000. */
  readonly stopTimeoutMs?: number;
}

/** A gateway: conversations on one side, an agent on the other, everything between durable. */
export interface Gateway {
  /** Picks up what an earlier run left, then works until the signal aborts. Rejects when the store or a bug makes going on unsafe. */
  run(signal: AbortSignal): Promise<void>;
}
