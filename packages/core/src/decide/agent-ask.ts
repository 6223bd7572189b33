import type {
  AccountLimits,
  ActorId,
  ModelInfo,
  RunId,
  ThreadId,
  ThreadSummary,
  TurnDetail,
  TurnId,
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
  /** Turns after the one that was seen last. */
  | { readonly what: 'refresh'; readonly thread: ThreadId; readonly seen?: TurnId }
);

/** What came of it. */
export type AgentReply =
  | { readonly type: 'done' }
  | { readonly type: 'forked'; readonly thread: ThreadSummary }
  | { readonly type: 'models'; readonly models: readonly ModelInfo[] }
  | { readonly type: 'limits'; readonly limits: AccountLimits }
  /** Oldest first; `isCut`: there were more before them. */
  | { readonly type: 'turns'; readonly turns: readonly TurnDetail[]; readonly isCut: boolean }
  | { readonly type: 'failed'; readonly message: string }
  /** Begun before a crash, and not to be repeated. */
  | { readonly type: 'unknown' };
