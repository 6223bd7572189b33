import type { Approval, FileChange } from './approval.ts';
import type { ApprovalId, ItemId, ThreadId, TurnId } from './ids.ts';
import type { JsonValue } from './json.ts';

/** How far an item is. `declined`: a person said no. */
export type ItemStatus = 'inProgress' | 'completed' | 'failed' | 'declined';

interface ItemBase {
  readonly id: ItemId;
}

/** A part of a turn, in the terms of Codex. */
export type RunItem =
  | (ItemBase & { readonly type: 'user.message'; readonly text: string; readonly clientKey?: string })
  | (ItemBase & { readonly type: 'agent.message'; readonly text: string; readonly phase: 'commentary' | 'final' | 'unknown' })
  | (ItemBase & { readonly type: 'reasoning'; readonly summary: readonly string[] })
  | (ItemBase & { readonly type: 'plan'; readonly text: string })
  | (ItemBase & {
      readonly type: 'command';
      /** As a person would type it. */
      readonly command: string;
      readonly cwd?: string;
      readonly status: ItemStatus;
      /** Everything it printed; only on completion. */
      readonly output?: string;
      readonly exitCode?: number;
      readonly durationMs?: number;
    })
  | (ItemBase & { readonly type: 'file.change'; readonly changes: readonly FileChange[]; readonly status: ItemStatus })
  | (ItemBase & {
      readonly type: 'tool.call';
      /** The MCP server, or absent for a dynamic tool. */
      readonly server?: string;
      readonly tool: string;
      readonly arguments: JsonValue;
      readonly status: ItemStatus;
      readonly error?: string;
    })
  | (ItemBase & { readonly type: 'web.search'; readonly query: string })
  | (ItemBase & { readonly type: 'compaction' })
  | (ItemBase & { readonly type: 'review'; readonly stage: 'entered' | 'exited'; readonly text: string })
  /** An item this version does not know; `name` is Codex's word for it. */
  | (ItemBase & { readonly type: 'other'; readonly name: string });

/** One step of the plan that the agent keeps. */
export interface PlanStep {
  readonly step: string;
  readonly status: 'pending' | 'inProgress' | 'completed';
}

/** Tokens. */
export interface Usage {
  /** The sum over the thread. */
  readonly total: TokenCount;
  /** The latest model request alone; absent where the agent tells sums only. */
  readonly last?: TokenCount;
  /** Tokens that fit the model's context. */
  readonly contextWindow?: number;
}
/** Tokens as Codex counts them; `cachedInput` is part of `input`, `reasoning` of `output`. */
export interface TokenCount {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly reasoning: number;
}

/** Why a turn failed. */
export interface TurnError {
  readonly kind: 'usageLimit' | 'contextWindow' | 'overloaded' | 'unauthorized' | 'unreachable' | 'other';
  readonly message: string;
  /** Codex's own word for it (`badRequest`, `serverOverloaded`, …), where there is one. New ones are to be expected. */
  readonly code?: string;
  /** The HTTP status the model's server answered with, where Codex says so. */
  readonly status?: number;
  /** When a usage limit resets, epoch ms, where Codex says so. */
  readonly resetsAt?: number;
}

/** What a run tells while it goes on. After a terminal event (see {@link isTerminal}) nothing follows. */
export type RunEvent =
  /** It stands in line and nothing is begun: `place` 1 is next, for a free slot or for its thread. Told when the place changes. */
  | { readonly type: 'turn.waiting'; readonly place: number; readonly for: 'slot' | 'thread' }
  /** The thread is loaded and its id known; the turn is requested only when the next event is pulled. */
  | {
      readonly type: 'thread.started';
      readonly thread: ThreadId;
      readonly isNew: boolean;
      readonly model?: string;
      readonly provider?: string;
    }
  | { readonly type: 'turn.started'; readonly turn: TurnId }
  | { readonly type: 'item.started'; readonly item: RunItem }
  | { readonly type: 'item.completed'; readonly item: RunItem }
  /** What was streamed of this item is void: the model was asked again. */
  | { readonly type: 'item.dropped'; readonly item: ItemId }
  | { readonly type: 'text.delta'; readonly item: ItemId; readonly delta: string }
  /** `part`: which part of the summary it belongs to, from 0. */
  | { readonly type: 'reasoning.delta'; readonly item: ItemId; readonly delta: string; readonly part?: number }
  /** What a command prints, for a live view only: the beginning may be missing. */
  | { readonly type: 'output.delta'; readonly item: ItemId; readonly delta: string }
  | { readonly type: 'plan.updated'; readonly explanation?: string; readonly steps: readonly PlanStep[] }
  /** The git diff of the whole turn so far. */
  | { readonly type: 'diff.updated'; readonly diff: string }
  | { readonly type: 'usage.updated'; readonly usage: Usage }
  | { readonly type: 'approval.requested'; readonly approval: Approval }
  /** The question is closed: answered here or elsewhere, or void. */
  | { readonly type: 'approval.closed'; readonly approval: ApprovalId }
  /** Codex tries again by itself. */
  | { readonly type: 'turn.retrying'; readonly message: string }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'turn.completed'; readonly turn: TurnId; readonly text: string; readonly usage?: Usage }
  | { readonly type: 'turn.failed'; readonly turn?: TurnId; readonly error: TurnError; readonly text: string }
  | { readonly type: 'turn.interrupted'; readonly turn?: TurnId; readonly text: string };

/** The event that ends a run. There is exactly one in every run, unless the agent was lost. */
export type TerminalEvent = Extract<RunEvent, { readonly type: 'turn.completed' | 'turn.failed' | 'turn.interrupted' }>;

/** True for the one event that ends a run. */
export function isTerminal(event: RunEvent): event is TerminalEvent {
  return event.type === 'turn.completed' || event.type === 'turn.failed' || event.type === 'turn.interrupted';
}
