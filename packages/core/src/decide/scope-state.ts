import type {
  ActorId,
  Approval,
  ApprovalId,
  BudgetState,
  EventId,
  Fingerprint,
  LiveRef,
  MessageId,
  OutboundMessage,
  PlanStep,
  Quote,
  ReplyContext,
  ReviewTarget,
  RunCeiling,
  RunId,
  RunRequest,
  Scope,
  SendPurpose,
  ThreadId,
  TurnId,
  WorkspacePath,
} from '@threadbridge/contract';
import type { Overdue } from './input.ts';
import type { PromptFiles } from './prompt-files.ts';
import type { ScopeArtifacts } from './scope-artifact.ts';

/** Words that wait for a run. */
export interface Prompt {
  /** It asks for a review instead of an answer. */
  readonly review?: ReviewTarget;
  /** What a task asks for beyond its words. */
  readonly request?: RunRequest;
  readonly event: EventId;
  readonly message?: MessageId;
  readonly actor: ActorId;
  /** As the writer calls themselves. */
  readonly name?: string;
  /** What the message points at. */
  readonly quote?: Quote;
  readonly text: string;
  readonly at: number;
  /** Absent: it came without. */
  readonly files?: PromptFiles;
  /** Where it goes, if not to the thread of the conversation. */
  readonly target?: PromptTarget;
}

/** A named thread to which words are sent once, as it was when they were sent. */
export interface PromptTarget {
  readonly alias: string;
  readonly thread: ThreadId;
  readonly workspace: WorkspacePath;
}

/** A question of another conversation that is put here too. */
export interface ElsewhereApproval {
  readonly from: Scope;
  readonly run: RunId;
  /** With the code that holds here. */
  readonly open: OpenApproval;
}

/** A question that was shown to people. */
export interface OpenApproval {
  readonly approval: Approval;
  /** What a person types: `/approve k7`. */
  readonly code: string;
  readonly askedAt: number;
  /** Who said yes so far, where a yes needs two people. */
  readonly yes?: readonly ActorId[];
  /** Set once an answer won; the question is then closed for everybody else. */
  readonly answered?: { readonly by: ActorId | 'timer'; readonly name?: string; readonly decision: string };
}

/** A yes that goes on counting in Codex: until its thread is unloaded, or for good. */
export interface Grant {
  readonly lasts: 'session' | 'always';
  readonly thread?: ThreadId;
  /** In words: the command, or the rule. */
  readonly what: string;
  readonly by: ActorId;
  readonly at: number;
}

/** The thread a conversation continues in one workspace under one policy. */
export interface Binding {
  readonly thread: ThreadId;
  readonly workspace: WorkspacePath;
}

/** A message that waits until the platform lets us speak. */
export interface HeldMessage {
  /** Its place among everything said in the conversation. */
  readonly order: number;
  readonly message: OutboundMessage;
  readonly purpose: SendPurpose;
  readonly at: number;
  /** Where it hangs, if not on the latest message of the conversation. */
  readonly reply?: ReplyContext;
  readonly isNotice?: true;
}

/** The beginning of a message, by which a quote of it is understood. */
export interface SaidMessage {
  readonly id: MessageId;
  readonly text: string;
}

export interface DeliveryLedger {
  readonly budget: BudgetState;
  /** Messages that have a place so far. */
  readonly count: number;
  /** In their order. */
  readonly held: readonly HeldMessage[];
}

/** Words that met a used-up limit, or were open when the store was put back from a copy; they go on when somebody says so. */
export interface Parked {
  /** `offered`: the limit has reset, and people were told. `restored`: they may have been dealt with after the copy was made. */
  readonly status: 'limited' | 'offered' | 'restored';
  /** The run that met it last. */
  readonly run: RunId;
  readonly prompts: readonly Prompt[];
  /** What waited to be said here when the copy was made. */
  readonly replies?: readonly HeldMessage[];
  readonly at: number;
  /** When the limit resets, where that is known. */
  readonly resetsAt?: number;
}

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

/** How people may go on with a thread that another program has open: wait until it is free, leave the words in its queue, a copy, or empty that queue. */
export type HeldWay = 'wait' | 'queue' | 'fork' | 'withdraw';

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

/** Everything a conversation remembers. Plain JSON. */
export interface ScopeState {
  readonly v: 1;
  readonly scope: Scope;
  /** Runs asked for so far; the next run's number. */
  readonly runs: number;
  /** Quiet windows so far. */
  readonly rounds: number;
  readonly phase: Phase;
  readonly pending: readonly Prompt[];
  readonly parked?: Parked;
  /** Of the latest message; what answers hang on. */
  readonly reply: ReplyContext;
  /** Where runs work; absent: the profile's default. */
  readonly workspace?: WorkspacePath;
  /** The alias in use. */
  readonly alias?: string;
  readonly bindings: Readonly<Record<Fingerprint, Binding>>;
  /** The model chosen here; absent: the profile's. */
  readonly model?: string;
  /** Who was heard here last of those who chose a language. */
  readonly person?: ActorId;
  /** Whether the steps of runs are told here; absent: as the profile says. */
  readonly verbosity?: 'quiet' | 'verbose';
  /** How long runs may take, where it was chosen here; what is absent is the profile's. */
  readonly limits?: { readonly wallTimeoutMs?: number; readonly idleTimeoutMs?: number };
  /** Somebody wants to be told what happens in the thread elsewhere. */
  readonly follow?: { readonly since: number; readonly by: ActorId };
  /** The last turn of each thread that was read here. */
  readonly seen?: Readonly<Record<ThreadId, TurnId>>;
  /** The latest messages of either side, oldest first, where quotes name them by id alone. */
  readonly said?: readonly SaidMessage[];
  /** The latest plan that a run here left. */
  readonly plan?: { readonly thread: ThreadId; readonly steps: readonly PlanStep[] };
  /** What runs made here. */
  readonly artifacts?: ScopeArtifacts;
  /** The directory of the files that came in here. */
  readonly folder?: string;
  /** Questions of other conversations that may be answered here. */
  readonly elsewhere?: readonly ElsewhereApproval[];
  /** What was allowed for longer than once, newest last. */
  readonly grants?: readonly Grant[];
  /** Tries to claim the profile that failed here. */
  readonly claims?: { readonly since: number; readonly count: number };
  /** Controls that were used, by nonce, with the moment from which they are worth nothing anyway. */
  readonly spent?: Readonly<Record<string, number>>;
  /** Words about messages of which nobody knows whether they arrived, which did not surely arrive themselves, oldest first. */
  readonly untold?: readonly string[];
  /** Up to which restored copy what was open here has been set aside; the `restoredAt` of that fact. */
  readonly restoredAt?: number;
  /** What a platform that lets us speak only so often has been asked, and what could not be said yet. */
  readonly ledger?: DeliveryLedger;
}

/** The state of a conversation in which nothing happened yet. */
export function initialState(scope: Scope): ScopeState {
  return { v: 1, scope, runs: 0, rounds: 0, phase: { name: 'idle' }, pending: [], reply: null, bindings: {} };
}

/** A stored state in today's shape. Throws on a version this program does not know; nothing is overwritten then. */
export function upcast(stored: unknown): ScopeState {
  const version = typeof stored === 'object' && stored !== null && 'v' in stored ? stored.v : undefined;
  if (version !== 1)
    throw new TypeError(`A stored conversation has state version ${String(version)}; this program knows version 1.`);
  return stored as ScopeState;
}
