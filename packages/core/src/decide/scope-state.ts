import type {
  ActorId,
  BudgetState,
  Fingerprint,
  MessageId,
  OutboundMessage,
  PlanStep,
  ReplyContext,
  RunId,
  Scope,
  SendPurpose,
  ThreadId,
  TurnId,
  WorkspacePath,
} from '@threadbridge/contract';
import type { ElsewhereApproval } from './open-approval.ts';
import type { Phase } from './phase.ts';
import type { Prompt } from './prompt.ts';
import type { ScopeArtifacts } from './scope-artifact.ts';

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
  /** The run whose end is the latest thing shown in a view here: what was offered there still counts. */
  readonly endShown?: RunId;
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
