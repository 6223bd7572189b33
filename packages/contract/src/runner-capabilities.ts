import type { EffectKey, ThreadId, TurnId, WorkspacePath } from './ids.ts';
import type { LoginStep } from './login-step.ts';
import type { RunItem, TurnError } from './run-event.ts';
import type { RunHandle, RunInput, SandboxMode } from './runner.ts';

/** What a runner can do beyond a turn. A member that is there is supported. */
export interface RunnerCapabilities {
  readonly deltas?: true;
  readonly approvals?: true;
  readonly steer?: true;
  readonly history?: RunHistory;
  /**
   * The live side of a turn that was begun before, by another process of ours or by another client of the same agent: what it has done so
   * far, then its events from now on, its open questions too. Of a turn that is over only its end is told. Leaving the loop leaves the
   * turn alone; `interrupt` ends it. The events throw `runner.thread_not_found` where there is no such turn.
   */
  readonly attach?: (thread: ThreadId, turn: TurnId) => RunHandle;
  readonly threads?: RunThreads;
  readonly review?: RunReview;
  readonly broker?: RunBroker;
  readonly models?: RunModels;
  readonly account?: RunAccount;
}

/** What can be done to a thread beside running it. Costs no turn, but for `compact`. All reject with a `runner.` error. */
export interface RunThreads {
  /** Gives it a title; an empty one is refused. */
  rename(thread: ThreadId, title: string): Promise<void>;
  /** A new thread with the same past; possible too while another program has the thread open. `through`: the last turn to take along. */
  fork(thread: ThreadId, options?: { readonly through?: TurnId }): Promise<ThreadSummary>;
  /** An archived thread is listed only when asked for, and takes no turns. */
  archive(thread: ThreadId): Promise<void>;
  unarchive(thread: ThreadId): Promise<void>;
  /** Has the model sum its past up, which frees context; resolves when that is done. */
  compact(thread: ThreadId): Promise<void>;
  /** Forgets this turn and all later ones. Files stay as they are. */
  revert(thread: ThreadId, before: TurnId): Promise<void>;
  /** For good. Refused while a fork builds on it. */
  delete(thread: ThreadId): Promise<void>;
}

/** Has the agent review a change; a turn like any other. */
export interface RunReview {
  /** The review is in an item of type `review`, stage `exited`, and is the answer of the turn. */
  start(input: ReviewInput, options?: { readonly signal?: AbortSignal }): RunHandle;
}

/** What is reviewed, and under which policy. */
export type ReviewInput = Omit<RunInput, 'prompt' | 'key' | 'images' | 'history' | 'outputSchema' | 'tools'> & {
  readonly target: ReviewTarget;
};

/** What a review looks at. */
export type ReviewTarget =
  | { readonly type: 'uncommittedChanges' }
  | { readonly type: 'baseBranch'; readonly branch: string }
  | { readonly type: 'commit'; readonly sha: string; readonly title?: string }
  | { readonly type: 'custom'; readonly instructions: string };

/** Threads that other programs have open. None is ever taken from them. */
export interface RunBroker {
  /** How the thread can be used from here, now; by the time it is used that may have changed. Rejects with a `runner.` error. */
  find(thread: ThreadId, ceiling: RunCeiling): Promise<ThreadAccess>;
  /**
   * A turn of ours on the shared server that has the thread loaded, beside its other clients. The sandbox and the approvals of the input are
   * the ceiling: a thread that may do more is refused. What the turn changes in the thread's settings is put back after it.
   */
  join(input: RunInput & { readonly thread: ThreadId }, options?: { readonly signal?: AbortSignal }): RunHandle;
  /** Follows the turn that goes on there, with the right to answer its questions. As `attach` in everything else. */
  watch(thread: ThreadId, turn: TurnId, ceiling: RunCeiling): RunHandle;
  /**
   * Leaves a prompt for the program that has the thread open. It runs there as a turn of its own, under that program's settings and not
   * under ours, when its current turn ends, or after its next one. Look for it with `history.findTurn(thread, key)`.
   */
  queue(thread: ThreadId, prompt: QueuedPrompt): Promise<void>;
  /** Takes a queued prompt back, or without a key all of them; says how many. What is not there any more was run or is running. */
  withdraw(thread: ThreadId, key?: EffectKey): Promise<number>;
}

/** The most that a thread may be allowed. */
export interface RunCeiling {
  readonly sandbox: SandboxMode;
  /** Default false. */
  readonly network?: boolean;
  /** Where the thread must run. Absent: anywhere. */
  readonly workspace?: WorkspacePath;
  /** Further directories it may write. */
  readonly writableRoots?: readonly string[];
}

/** `words` say it to a person, in English. */
export type ThreadAccess = { readonly words: string } & (
  | { /** Nobody else has it: start a run. */ readonly way: 'use' }
  | {
      /** A shared server has it loaded: `join`, or `watch` the turn that goes on. */
      readonly way: 'join';
      readonly settings: LiveSettings;
      readonly turn?: TurnId;
    }
  | {
      /** A shared server has it loaded and it may do more than the ceiling. */
      readonly way: 'exceeds';
      readonly settings: LiveSettings;
      readonly offers: readonly ('queue' | 'fork')[];
    }
  | {
      /** A program that cannot be reached has it open, or has left prompts in its queue, which can be withdrawn. */
      readonly way: 'held';
      readonly offers: readonly ('queue' | 'fork' | 'withdraw')[];
    }
);

/** What is in force on a loaded thread. */
export interface LiveSettings {
  /** `other`: Codex has a policy here that none of the three words describes. */
  readonly sandbox: SandboxMode | 'other';
  readonly network: boolean;
  /** Directories that may be written beside `cwd`. */
  readonly writableRoots: readonly string[];
  /** When it asks, in Codex's words. */
  readonly approvals: string;
  /** Codex has its questions answered by a model and not by a person. */
  readonly isSelfApproving: boolean;
  readonly cwd: string;
  readonly model?: string;
}

/** Words put into the queue of a thread that another program has open. */
export interface QueuedPrompt {
  readonly text: string;
  readonly images?: readonly string[];
  /** Travels with it into the thread's history. */
  readonly key: EffectKey;
}

/** Which models there are, asked anew on every call. */
export interface RunModels {
  /** Throws a `runner.` error. Hidden ones are left out. */
  list(): Promise<readonly ModelInfo[]>;
}

/** A model as the agent lists it. */
export interface ModelInfo {
  /** What `RunInput.model` takes. */
  readonly id: string;
  readonly title: string;
  /** What `RunInput.effort` takes for this model. */
  readonly efforts: readonly string[];
  /** `text`, `image`, … */
  readonly inputs: readonly string[];
  /** The agent's own choice, where neither the run nor the configuration names one. */
  readonly isDefault: boolean;
}

/** Who pays, asked anew on every call. */
export interface RunAccount {
  /** Throws a `runner.` error, also where it could not be found out. */
  read(): Promise<AccountInfo>;
  /** How much of its limits is used. Throws `runner.unsupported` for logins that have none. */
  limits(): Promise<AccountLimits>;
  /** Logs in; the agent keeps the credentials itself, so `complete` carries none. Leaving the loop or the signal calls it off. */
  login(method: LoginMethod, options?: { readonly signal?: AbortSignal }): AsyncIterable<LoginStep<null>>;
  logout(): Promise<void>;
}

/** `deviceCode`: a person opens an address on any device and types a code. `browser`: one on this machine. */
export type LoginMethod =
  | { readonly type: 'apiKey'; readonly apiKey: string }
  | { readonly type: 'deviceCode' }
  | { readonly type: 'browser' };

/** The limits of an account, as last counted. */
export interface AccountLimits {
  /** Shortest first. */
  readonly windows: readonly LimitWindow[];
  /** Nothing more is served now. */
  readonly isReached: boolean;
  /** When the limit that is reached resets, epoch ms, where that is known. */
  readonly resetsAt?: number;
  readonly plan?: string;
}

/** One span of time within which so much may be used. */
export interface LimitWindow {
  /** What is limited, where there are several. */
  readonly name?: string;
  readonly usedPercent: number;
  readonly lengthMs?: number;
  /** Epoch ms. */
  readonly resetsAt?: number;
}

/** The login in force. Names nobody. */
export interface AccountInfo {
  /** `notNeeded`: the provider in use wants no login. */
  readonly login: 'ok' | 'missing' | 'notNeeded';
  /** Equal exactly while the same login is in force; a hash. */
  readonly id: string;
  readonly plan?: string;
}

/** Reading what Codex kept. Costs no turn and loads no thread. */
export interface RunHistory {
  list(query: ThreadQuery): Promise<ThreadPage>;
  /** Throws `runner.thread_not_found`. */
  read(thread: ThreadId): Promise<ThreadSummary>;
  /** The turns of a thread with their items, newest first unless asked otherwise. Throws `runner.thread_not_found`. */
  turns(thread: ThreadId, query?: TurnQuery): Promise<TurnPage>;
  /** The turn that carries `key`, or undefined where Codex kept none. */
  findTurn(thread: ThreadId, key: EffectKey): Promise<TurnRecord | undefined>;
}

/** Which threads. Everything given must fit. */
export interface ThreadQuery {
  readonly limit?: number;
  readonly cursor?: string;
  /** Exact working directory, or several. */
  readonly cwd?: string | readonly string[];
  /** Words of the title. */
  readonly search?: string;
  readonly isArchived?: boolean;
  /** Where they were made, in Codex's words. Default: wherever a person drives Codex. */
  readonly sources?: readonly string[];
  /** Default: all. */
  readonly providers?: readonly string[];
  /** Newest first by that time. Default `updated`. */
  readonly sortBy?: 'created' | 'updated';
}

/** Some threads, and where the list goes on; absent at its end. */
export interface ThreadPage {
  readonly threads: readonly ThreadSummary[];
  readonly cursor?: string;
}

/** A thread as lists show it. */
export interface ThreadSummary {
  readonly id: ThreadId;
  /** The name, or the first words. */
  readonly title: string;
  readonly cwd: string;
  /** Where it was made, in Codex's words (`cli`, `vscode`, `exec`, …). */
  readonly source: string;
  /** The program that made it, by the name it told Codex; absent where `source` says all that is known. Every client of app-server is `vscode` there. */
  readonly madeBy?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** A turn runs on it in the process asked; another process's turn is not seen. */
  readonly isActive: boolean;
  /** The thread it was forked from. */
  readonly forkedFrom?: ThreadId;
}

/** Which turns of a thread, and in which order. */
export interface TurnQuery {
  readonly limit?: number;
  readonly cursor?: string;
  /** Default `newest`. */
  readonly first?: 'newest' | 'oldest';
}

/** Some turns, and where the list goes on; absent at its end. */
export interface TurnPage {
  readonly turns: readonly TurnDetail[];
  readonly cursor?: string;
}

/** A turn with all that is kept of it. */
export interface TurnDetail extends TurnRecord {
  readonly items: readonly RunItem[];
  /** Epoch ms. */
  readonly startedAt?: number;
}

/** A turn as Codex remembers it. */
export interface TurnRecord {
  readonly turn: TurnId;
  /** A turn reads `interrupted` also where its end was never kept: see `endedAt`. */
  readonly status: 'inProgress' | 'completed' | 'failed' | 'interrupted';
  /** Epoch ms. An interrupted turn without it runs in another program, or the process it ran in died. */
  readonly endedAt?: number;
  /** The final answer, empty where there is none. */
  readonly text: string;
  readonly error?: string;
  /** Of what kind that was, where it is kept. */
  readonly errorKind?: TurnError['kind'];
}
