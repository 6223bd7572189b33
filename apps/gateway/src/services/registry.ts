import type { ActorId, Clock, GatewayView, Logger, Runner } from '@threadbridge/contract';
import type { Files } from '@threadbridge/core';
import type { SqliteStore } from '@threadbridge/store';
import type { ChannelFactory } from '../channels/channel-factory.ts';
import type { ProfilePaths } from '../config/home.ts';
import type { ResolvedProfile } from '../config/load.ts';
import type { Origin } from '../config/origin.ts';
import type { Profile } from '../config/schema.ts';
import type { ServiceName } from '../config/schema-service.ts';
import type { Secrets } from '../config/secrets.ts';
import type { ExtraChannel } from '../extra-channel.ts';
import type { WritableKeystore } from '../keystore/file-keystore.ts';
import type { NotListening, ReadyEvent } from '../lifecycle.ts';
import type { Metrics } from '../observe/metrics.ts';
import { consoleService } from './console.ts';
import { health } from './health.ts';
import type { LocalWeb } from './local-web.ts';
import { nativeApi } from './native-api.ts';
import { taskApi } from './task-api.ts';

/** What a service may use. It starts before any channel receives. */
export interface ServiceContext {
  readonly profile: string;
  readonly resolved: ResolvedProfile;
  readonly channelFactories: readonly ChannelFactory[];
  /** What the gateway shows of itself. */
  readonly view: GatewayView;
  readonly settings: Profile;
  readonly paths: ProfilePaths;
  readonly secrets: Secrets;
  readonly keystore: WritableKeystore;
  readonly store: SqliteStore;
  readonly files: Files;
  /** Codex, with the profile's limit on concurrent runs. */
  readonly runner: Runner;
  /** Codex without that limit, for a service with one of its own. */
  readonly codex: Runner;
  /** What listens at `console.port`; services mount there while they start. */
  readonly web: Pick<LocalWeb, 'mount'>;
  /** What the gateway counts. */
  readonly metrics: Metrics;
  /** How each channel stands; undefined until all have said something. */
  channelStates(): ReadyEvent['channels'] | undefined;
  /** Where a setting of the profile comes from. */
  origin(path: readonly PropertyKey[]): Origin;
  /** Tells the user, who is not reading logs. */
  warn(message: string): void;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Aborts when the gateway stops. */
  readonly signal: AbortSignal;
}

/** A service that listens. */
export interface RunningService {
  /** What it adds to the `ready` event. */
  readonly ready: Partial<Pick<ReadyEvent, 'nativeApi' | 'console'>>;
  /** Present: it is not there, since a port of its own cannot be had. */
  readonly notListening?: NotListening;
  /** Conversations it brings (a web page's chat, tasks). */
  readonly channels?: readonly ExtraChannel[];
  /** Programs that may ask for runs, and for no more than users may. */
  readonly programs?: readonly ActorId[];
  /** Ends what it serves; resolves when nothing listens any more. */
  stop(): Promise<void>;
}

/** An optional part of the gateway, switched by the section of the profile that has its name. */
export interface Service {
  readonly name: ServiceName;
  /** Whether it is switched on. Default: its section says `enabled`. */
  isWanted?(settings: Profile): boolean;
  start(context: ServiceContext): Promise<RunningService>;
}

/** The services this version can run: one file beside this one and one line here for each. */
export const services: readonly Service[] = [nativeApi, consoleService, taskApi, health];
