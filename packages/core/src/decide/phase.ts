import type {
  ActorId,
  ApprovalId,
  Fingerprint,
  LiveRef,
  RunCeiling,
  RunId,
  ThreadId,
  TurnId,
  WorkspacePath,
} from '@threadbridge/contract';
import type { OpenApproval } from './open-approval.ts';
import type { Prompt } from './prompt.ts';

/** What a conversation is doing. Exactly one of these, never flags beside each other. */
export type Phase =
  | { readonly name: 'idle' }
  /** Prompts wait for the quiet window to pass. */
  | { readonly name: 'collecting'; readonly round: number }
  /** Everything is said; files of the prompts are still on their way. */
  | { readonly name: 'fetching' }
  | PreparingPhase
  | RunningPhase
  | HeldPhase;

/** The workspace is being looked at before a run, and what happened in the thread elsewhere. */
export interface PreparingPhase {
  readonly name: 'preparing';
  /** This thread went on elsewhere; the words wait until somebody has read that. */
  readonly moved?: ThreadId;
}

/** A run is on its way, from the moment it was asked for to its end. */
export interface RunningPhase {
  readonly name: 'running';
  readonly run: RunId;
  readonly fingerprint: Fingerprint;
  readonly workspace: WorkspacePath;
  readonly prompts: readonly Prompt[];
  readonly startedAt: number;
  /** It stands in line; 1 is next. Absent once it works. */
  readonly line?: { readonly place: number; readonly for: 'slot' | 'thread' };
  readonly thread?: ThreadId;
  readonly turn?: TurnId;
  readonly live?: LiveRef;
  readonly approvals: Readonly<Record<ApprovalId, OpenApproval>>;
  /** Somebody, or a limit, asked to end it. */
  readonly stopping?: { readonly reason: 'asked'; readonly by: ActorId } | { readonly reason: Overdue };
}

/** Another program has the thread of the run open. Nothing was asked of Codex; the words wait. */
export interface HeldPhase {
  readonly name: 'held';
  /** `queued`: the words were left for the other program, and its answer is looked for. */
  readonly status: 'asked' | 'waiting' | 'queued';
  readonly run: RunId;
  readonly thread: ThreadId;
  readonly fingerprint: Fingerprint;
  readonly workspace: WorkspacePath;
  readonly prompts: readonly Prompt[];
  readonly ceiling: RunCeiling;
  /** What a person types: `/answer k7 wait`. */
  readonly code: string;
  readonly ways: readonly HeldWay[];
  /** Since when it is as it is. */
  readonly since: number;
}

/** How people may go on with a thread that another program has open: wait until it is free, leave the words in its queue, a copy, or empty that queue. */
export type HeldWay = 'wait' | 'queue' | 'fork' | 'withdraw';

/** Why a run should end without anyone having said so: no sign of life, too long, the program shuts down. */
export type Overdue = 'idle' | 'wall' | 'shutdown';
