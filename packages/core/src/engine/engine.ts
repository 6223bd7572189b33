import type {
  Channel,
  ChannelId,
  Clock,
  Cursor,
  EffectKey,
  Logger,
  RunId,
  Runner,
  RunView,
  ThreadId,
  TurnId,
} from '@threadbridge/contract';
import type { Input } from '../decide/input.ts';
import type { Rules } from '../decide/rules.ts';
import type { Files } from '../ports/files.ts';
import type { Host } from '../ports/host.ts';
import type { Outcome, Store } from '../ports/store.ts';
import type { LiveRuns } from './live-runs.ts';
import type { GoingTurn } from './recover.ts';

/** What the parts of the engine share. Nothing here is truth: all of it is rebuilt from the store after a crash. */
export interface Engine {
  readonly store: Store;
  readonly runner: Runner;
  readonly files: Files;
  readonly host: Host;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly channels: ReadonlyMap<ChannelId, Channel>;
  readonly runs: LiveRuns;
  /** The last view of runs whose end is not shown yet. */
  readonly views: Map<RunId, RunView>;
  /** Turns that outlived an earlier process, by the effect that asked for them. */
  readonly going: Map<EffectKey, GoingTurn>;
  /** The turn that a run of this process ended last in a thread, and when. */
  readonly ended: Map<ThreadId, { readonly turn: TurnId; readonly at: number }>;
  /** Aborts when this process goes away and leaves its runs to the agent: their effects stay open for the next start. */
  readonly leaving: AbortSignal;
  /** Aborts when no new work may begin. What is not begun stays in the store for the next start. */
  readonly closing: AbortSignal;
  rules(): Rules;
  /** Makes facts durable and wakes whoever decides about them. */
  accept(inputs: readonly Input[], from?: { readonly channel: ChannelId; readonly cursor?: Cursor }): Promise<void>;
  /** Ends an effect and takes in what came of it. */
  settle(key: EffectKey, outcome: Outcome, results: readonly Input[]): Promise<void>;
}
