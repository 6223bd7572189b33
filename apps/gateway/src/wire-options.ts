import type { Clock, GatewayView, Runner } from '@threadbridge/contract';
import type { ChannelFactory } from './channels/channel-factory.ts';
import type { CodexContext } from './codex.ts';
import type { DefaultTransport } from './codex-server.ts';
import type { Environment } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import type { ExtraChannel } from './extra-channel.ts';
import type { WritableKeystore } from './keystore/file-keystore.ts';
import type { LifecycleEvent, ReadyEvent } from './lifecycle.ts';
import type { LogOptions } from './log/logger.ts';
import type { Tracer } from './observe/tracer.ts';
import type { Reloaded } from './reload.ts';
import type { Service } from './services/registry.ts';

/** What one gateway is made of. */
export interface WireOptions {
  readonly profile: ResolvedProfile;
  /** The variables of the process, as a value: for secrets, for Codex's home, and for what Codex may see. */
  readonly environment: Environment;
  readonly extraChannels?: readonly ExtraChannel[];
  /** Told everything that happens to the gateway as a whole. */
  readonly onEvent?: (event: LifecycleEvent) => void;
  /** Default: the file alone, level `info`. */
  readonly log?: Pick<LogOptions, 'level' | 'stderr'>;
  /** Default: the encrypted file of the profile. */
  readonly keystore?: WritableKeystore;
  /** Default: Codex, as the profile says. */
  readonly createRunner?: (context: CodexContext) => Promise<Runner>;
  /** Default: all that this version has. */
  readonly channelFactories?: readonly ChannelFactory[];
  /** Default: all that this version has. */
  readonly services?: readonly Service[];
  readonly clock?: Clock;
  /** How Codex is reached where the profile does not say. Default `stdio`: a child that ends with this process, and its turns with it. */
  readonly transport?: DefaultTransport;
  /** How long running turns may take to end after a stop, ms. Default 6,000. */
  readonly stopTimeoutMs?: number;
  /** An account that nobody has logged in is no reason not to start: it waits. Default: where the console is there, on which one logs in. */
  readonly canLogInLater?: boolean;
  /** Reads the configuration anew. Absent: this gateway cannot be told to. */
  readonly reload?: () => Promise<ResolvedProfile>;
  /** Spans of decisions, effects and runs go there; one of OpenTelemetry fits. */
  readonly tracer?: Tracer;
}

/** A gateway that is up, as the life cycle hands it on. */
export interface Opened {
  readonly ready: ReadyEvent;
  readonly view: GatewayView;
  readonly reload: () => Promise<Reloaded>;
}

/** How the life cycle holds a gateway. */
export interface Reins {
  /** Begins the stop. `leave`: turns go on where Codex runs behind a socket. */
  readonly end: (runs: 'end' | 'leave') => void;
  /** Asked at the stop. */
  readonly leavesRuns: () => boolean;
}
