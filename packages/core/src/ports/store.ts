import type { ChannelId, Cursor, EffectKey, ErrorCode, InputId, Scope, ScopeId } from '@threadbridge/contract';
import type { EffectRow } from '../decide/effect.ts';
import type { Fact, FactChange } from '../decide/facts.ts';
import type { Input } from '../decide/input.ts';
import type { ScopeState } from '../decide/scope-state.ts';

/** How an effect ended. `failed` and `unknown` also come back as inputs, given to `settle` as results. */
export type Outcome =
  | { readonly type: 'done' }
  | { readonly type: 'retry'; readonly at: number; readonly code: ErrorCode }
  | { readonly type: 'failed'; readonly code: ErrorCode }
  | { readonly type: 'unknown' };

/** An effect that has no final outcome yet. */
export interface OpenEffect extends EffectRow {
  /** `start` was called: it may have happened. */
  readonly isStarted: boolean;
  /** Tries that ended in `retry`. */
  readonly attempts: number;
  /** Not before this moment, epoch ms. */
  readonly notBefore?: number;
}

/** One decision with everything that follows from it. */
export interface Step {
  readonly input: InputId;
  readonly scope: Scope;
  readonly state: ScopeState;
  readonly effects: readonly EffectRow[];
  readonly facts: readonly FactChange[];
}

/**
 * Durable truth. Verbs of the domain, not tables; each call is one atomic write and resolves once it is durable.
 * Rejections: `store.fenced` (another process took over; stop), `store.busy` (nothing happened; try again), `store.corrupt`.
 */
export interface Store extends AsyncDisposable {
  /**
   * Takes facts in: the inputs and, with them, the channel's position. Inputs whose id was seen before fall away, handled or not.
   * Order of `inputs` is the order of `nextInput`.
   */
  accept(batch: { readonly inputs: readonly Input[]; readonly channel?: ChannelId; readonly cursor?: Cursor }): Promise<void>;
  /** The position stored last for a channel. */
  loadCursor(channel: ChannelId): Promise<Cursor | undefined>;
  /** The oldest input that no commit has handled. The same one again until it is committed. */
  nextInput(): Promise<Input | undefined>;
  loadScope(id: ScopeId): Promise<ScopeState | undefined>;
  /** Marks the input as handled and stores the state, effects and facts that follow, in one write. */
  commit(step: Step): Promise<void>;
  loadFacts(): Promise<readonly Fact[]>;
  /** Effects without a final outcome, in the order in which they were committed. */
  openEffects(): Promise<readonly OpenEffect[]>;
  /** Says that an effect which must not be repeated is about to happen. */
  start(key: EffectKey): Promise<void>;
  /** Ends an effect (or puts it off, with `retry`) and takes in what came of it, in one write. Settling twice changes nothing. */
  settle(key: EffectKey, outcome: Outcome, results?: readonly Input[]): Promise<void>;
}
