import type { AuditSink, ChannelId, Cursor, EffectKey, ErrorCode, InputId, Scope, ScopeId } from '@threadbridge/contract';
import type { AuditEntry, AuditRecord } from '../decide/audit.ts';
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
  /** Facts for other conversations; taken in with this write, as `accept` would. */
  readonly inputs: readonly Input[];
  /** Lines for the audit log, in order. */
  readonly audit: readonly AuditEntry[];
}

/**
 * Durable truth. Verbs of the domain, not tables; each call is one atomic write and resolves once it is durable.
 * Rejections: `store.fenced` (another process took over; stop), `store.busy` (nothing happened; try again), `store.corrupt`.
 */
export interface Store extends AuditSink, AsyncDisposable {
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
  /** Audit records after `seq`, oldest first, at most `limit`; as they are stored, also where somebody changed them. */
  readAudit(after: number, limit: number): Promise<readonly AuditRecord[]>;
  /** Where the audit log ends. Kept apart from the records, so that one missing at the end is noticed. */
  auditHead(): Promise<AuditHead>;
  /** Effects without a final outcome, in the order in which they were committed. */
  openEffects(): Promise<readonly OpenEffect[]>;
  /** Says that an effect which must not be repeated is about to happen. */
  start(key: EffectKey): Promise<void>;
  /** Ends an effect (or puts it off, with `retry`) and takes in what came of it, in one write. Settling twice changes nothing. */
  settle(key: EffectKey, outcome: Outcome, results?: readonly Input[]): Promise<void>;
  /**
   * Drops what nobody needs any more. Never what is not handled, not settled, or needed to recognise a repetition; never audit records.
   * One call does a bounded amount of work and tells how much it was: both numbers 0 means that nothing is left to drop.
   */
  prune(limits: Retention): Promise<Pruned>;
}

/** The last audit record's place and hash. */
export interface AuditHead {
  /** 0 while there is no record. */
  readonly seq: number;
  /** What the next record's hash builds on; 64 zeros while there is no record. */
  readonly hash: string;
}

/** How long what is done with is kept. Moments in epoch ms. */
export interface Retention {
  /** Bodies of inputs handled and of effects settled before this are dropped; their ids are kept, so that repetitions are still known. */
  readonly bodiesBefore: number;
  /** Ids of inputs handled and of effects settled before this are dropped too. Much earlier than any platform's redelivery. */
  readonly idsBefore: number;
}

/** What one call of `prune` dropped, in rows. A store that keeps no bodies of what is done has none to drop. */
export interface Pruned {
  readonly bodies: number;
  readonly ids: number;
}
