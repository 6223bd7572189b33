import type { Approval } from './approval.ts';
import type { LiveRef } from './channel.ts';
import type { ErrorCode } from './errors.ts';
import type { ActorId, ChannelId, EffectKey, EventId, RunId, ScopeId, ThreadId } from './ids.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { OutboundControls, OutboundMessage } from './outbound.ts';
import type { RunView } from './run-view.ts';
import type { RunnerHealth } from './runner.ts';
import type { AccountLimits, ThreadPage, ThreadQuery, TurnPage, TurnQuery } from './runner-capabilities.ts';
import type { Scope } from './scope.ts';

/**
 * What a gateway shows of itself to a page or a program: reading alone, plain JSON, no secret. Each call reads a bounded amount.
 * Rejects with `store.*` and `runner.*` errors.
 */
export interface GatewayView {
  /** The gateway as a whole. Costs nothing. */
  status(): Promise<GatewayStatus>;
  /** Runs that go on or wait for a place, oldest first. */
  runs(): Promise<readonly RunEntry[]>;
  /** Conversations, those with news first. */
  conversations(query?: PageQuery): Promise<Page<ConversationEntry>>;
  /** What was, is being, or could not be said, newest first. */
  deliveries(query?: PageQuery): Promise<Page<DeliveryEntry>>;
  /** The audit log, newest first, as it is stored. */
  audit(query?: PageQuery): Promise<Page<AuditLine>>;
  /** Reads the whole audit log and checks its chain. Takes as long as the log. */
  verifyAudit(): Promise<AuditState>;
  /** Threads as the agent lists them. Absent where it keeps no history. */
  readonly threads?: {
    list(query?: ThreadQuery): Promise<ThreadPage>;
    turns(thread: ThreadId, query?: TurnQuery): Promise<TurnPage>;
  };
  /** How much of its limits the account in use has used; absent where it has none. Asked anew on every call. */
  limits(): Promise<AccountLimits | undefined>;
  /** What works of the agent. Starts it, costs no turn. */
  health(): Promise<RunnerHealth>;
  /** The effective configuration of the profile; secrets are named by where they are kept. */
  settings(): Promise<readonly SettingEntry[]>;
  /** What was said in one conversation, newest first: as long as the store keeps bodies. */
  transcript(scope: ScopeId, query?: PageQuery): Promise<Page<TranscriptEntry>>;
  /** Tells that something changed, not what it is now. Answers with the way to stop it. */
  subscribe(listener: (change: GatewayChange) => void): () => void;
}

/** Which part of a list. */
export interface PageQuery {
  /** Only what is older than this place; see {@link Page}. A place that was not given out starts at the newest. */
  readonly before?: string;
  /** Default 50, at most 200. */
  readonly limit?: number;
}

/** A part of a list. It may hold fewer entries than asked for, or none, and still not be the last. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** The place after which the list goes on; opaque. Absent at its end. */
  readonly before?: string;
}

/** What changed. `run`: what a run shows; comes often. */
export type GatewayChange =
  | { readonly type: 'run' }
  | { readonly type: 'conversation'; readonly scope: ScopeId }
  | { readonly type: 'delivery' }
  | { readonly type: 'channel'; readonly channel: ChannelId };

/** The gateway as a whole. */
export interface GatewayStatus {
  readonly profile: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly channels: readonly ChannelEntry[];
}

/** An account, or a chat that the gateway brings itself. */
export interface ChannelEntry {
  readonly id: ChannelId;
  /** The configured type (`ilink`, `feishu`, …); absent for a chat of the gateway itself. */
  readonly type?: string;
  /**
   * `starting`: nothing was heard of it yet. `unreachable`: its platform is not heard, and is tried again by itself. `needs-login`, `failed`:
   * only a person can mend it. `ended`: its feed is over.
   */
  readonly state: 'starting' | 'connected' | 'unreachable' | 'needs-login' | 'failed' | 'ended';
  /** What went wrong and what to do, for people. */
  readonly problem?: string;
  /** It can be logged in from here. */
  readonly canLogin: boolean;
}

/** A run that goes on, or waits for a place. */
export interface RunEntry {
  readonly run: RunId;
  readonly scope: Scope;
  readonly startedAt: number;
  readonly workspace: string;
  readonly thread?: ThreadId;
  /** Who asked, in order, each once. */
  readonly askedBy: readonly ActorId[];
  readonly prompt: string;
  /** What it shows now; absent until it showed something to this process. */
  readonly view?: RunView;
  readonly approvals: readonly ApprovalEntry[];
  readonly isStopping: boolean;
}

/** A question that waits for a person. */
export interface ApprovalEntry {
  readonly approval: Approval;
  /** What a person types: `/approve k7`. */
  readonly code: string;
  readonly askedAt: number;
  /** Set once an answer won. */
  readonly answered?: { readonly by: string; readonly decision: string };
}

/** A conversation as it stands. */
export interface ConversationEntry {
  readonly scope: Scope;
  readonly phase: 'idle' | 'collecting' | 'fetching' | 'preparing' | 'held' | 'running';
  /** When something last happened in it, epoch ms. */
  readonly updatedAt: number;
  /** Runs so far. */
  readonly runs: number;
  /** Messages that wait for the next run, oldest first. */
  readonly waiting: readonly { readonly by: ActorId; readonly name?: string; readonly text: string; readonly at: number }[];
  /** Messages that wait until the platform lets us speak, oldest first. */
  readonly held: readonly { readonly markdown: string; readonly at: number }[];
  readonly workspace?: string;
  readonly alias?: string;
  readonly model?: string;
  /** Questions that are open here. */
  readonly approvals: number;
}

/** Something said, or to be said. */
export interface DeliveryEntry {
  readonly key: EffectKey;
  readonly scope: Scope;
  readonly markdown: string;
  readonly at: number;
  /** `waiting`: to be said, or tried again. `sending`: it may have been said. `unknown`: nobody knows whether it arrived; not repeated. */
  readonly state: 'waiting' | 'sending' | 'done' | 'failed' | 'unknown';
  readonly attempts: number;
  /** Why it failed, or was put off last. */
  readonly code?: ErrorCode;
  /** Not before this moment, epoch ms. */
  readonly notBefore?: number;
  readonly settledAt?: number;
}

/** A record of the audit log. */
export interface AuditLine {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly scope?: string;
  readonly actor?: string;
  readonly outcome: string;
  readonly detail: JsonObject;
}

/** Whether the audit log is as it was written. */
export type AuditState =
  | { readonly isWhole: true; readonly count: number; readonly hash: string }
  | { readonly isWhole: false; readonly brokenAt: number; readonly reason: 'changed' | 'missing' | 'unaccounted' };

/** One value of the configuration. */
export interface SettingEntry {
  /** `codex.home` */
  readonly path: string;
  /** A secret is a reference here, never a value. */
  readonly value: JsonValue;
  /** `default`, `command line`, `$VARIABLE`, `FILE:LINE:COLUMN`. */
  readonly origin: string;
}

/** Something that was said in a conversation. */
export type TranscriptEntry =
  | {
      readonly type: 'received';
      readonly event: EventId;
      readonly by: ActorId;
      readonly text: string;
      readonly files: readonly string[];
      readonly at: number;
    }
  | { readonly type: 'sent'; readonly key: EffectKey; readonly message: OutboundMessage; readonly at: number }
  /** A run that was watched, in its last state. */
  | {
      readonly type: 'ended';
      readonly run: RunId;
      readonly ref: LiveRef;
      readonly view: RunView;
      readonly at: number;
      /** What its end still offers: what would be refused is left out. Absent: nothing, or not any more. */
      readonly controls?: OutboundControls;
    };
