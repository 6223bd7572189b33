import type {
  AccountLimits,
  ActorId,
  EffectKey,
  FileChange,
  ModelInfo,
  PlanStep,
  RunCeiling,
  RunId,
  ThreadAccess,
  ThreadId,
  ThreadSummary,
  TurnDetail,
  TurnId,
  TurnRecord,
  WorkspacePath,
} from '@threadbridge/contract';

/** Something asked of the agent beside a run. Costs no turn, but for `compact`. */
export type AgentAsk = { readonly by: ActorId } & (
  | { readonly what: 'rename'; readonly thread: ThreadId; readonly title: string }
  | { readonly what: 'fork'; readonly thread: ThreadId }
  | { readonly what: 'archive'; readonly thread: ThreadId }
  | { readonly what: 'compact'; readonly thread: ThreadId }
  | { readonly what: 'models'; readonly wanted?: string }
  /** `parked`: asked for what this run left, and not for a person. */
  | { readonly what: 'limits'; readonly parked?: RunId }
  /** Leaves words for the program that has the thread open; they run there. */
  | { readonly what: 'queue'; readonly thread: ThreadId; readonly run: RunId; readonly text: string; readonly key: EffectKey }
  /** Takes queued words back; without a key all of them. */
  | { readonly what: 'withdraw'; readonly thread: ThreadId; readonly run: RunId; readonly key?: EffectKey }
  /** Who has the thread open? */
  | { readonly what: 'way'; readonly thread: ThreadId; readonly run: RunId; readonly ceiling: RunCeiling }
  /** What became of the turn that carries the key. */
  | { readonly what: 'turn'; readonly thread: ThreadId; readonly run: RunId; readonly key: EffectKey }
  /** What the last turn of a thread changed in files. */
  | { readonly what: 'diff'; readonly thread: ThreadId }
  /** The plan of a thread; `run`: of the one that goes on in it. */
  | { readonly what: 'plan'; readonly thread: ThreadId; readonly run?: RunId }
  /** Turns after the one that was seen last. `isFollowed`: nobody waits for the answer; `before`: words do, to go into the thread. */
  | {
      readonly what: 'refresh';
      readonly thread: ThreadId;
      readonly seen?: TurnId;
      readonly isFollowed?: true;
      readonly before?: BeforeRun;
    }
);

/** A directory that was checked for the next run: as it was asked for, and what it is. */
export interface BeforeRun {
  readonly asked: string;
  readonly workspace: WorkspacePath;
}

/** What came of it. */
export type AgentReply =
  | { readonly type: 'done' }
  | { readonly type: 'forked'; readonly thread: ThreadSummary }
  | { readonly type: 'models'; readonly models: readonly ModelInfo[] }
  | { readonly type: 'limits'; readonly limits: AccountLimits }
  /** Oldest first; `isCut`: there were more before them. */
  | { readonly type: 'turns'; readonly turns: readonly TurnDetail[]; readonly isCut: boolean }
  | { readonly type: 'withdrawn'; readonly count: number }
  | { readonly type: 'way'; readonly access: ThreadAccess }
  | { readonly type: 'turn'; readonly record?: TurnRecord }
  | { readonly type: 'diff'; readonly changes: readonly FileChange[] }
  /** `steps`: of the run in progress; `text`: the latest that was proposed as a whole. */
  | { readonly type: 'plan'; readonly steps: readonly PlanStep[]; readonly text?: string }
  | { readonly type: 'failed'; readonly message: string }
  /** Begun before a crash, and not to be repeated. */
  | { readonly type: 'unknown' };
