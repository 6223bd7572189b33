import type {
  ActionInvoked,
  Actor,
  ActorId,
  Answer,
  ApprovalId,
  Artifact,
  ChannelId,
  EffectKey,
  ErrorCode,
  EventId,
  InputId,
  LiveRef,
  MessageId,
  MessageRecalled,
  MessageReceived,
  OutboundMessage,
  PlanStep,
  ReplyContext,
  RunCeiling,
  RunEvent,
  RunId,
  Scope,
  SendPurpose,
  ThreadId,
  ThreadSummary,
  TurnId,
  WorkspacePath,
} from '@threadbridge/contract';
import type { AgentAsk, AgentReply } from './agent-ask.ts';
import type { HostAsk, HostReply } from './host-ask.ts';
import type { MadeFile, TakenOut } from './made-file.ts';
import type { Notice } from './notice.ts';
import type { Overdue } from './phase.ts';
import type { Prompt } from './prompt.ts';
import type { RefusedFile } from './prompt-files.ts';
import type { ThreadsPurpose, WorkspacePurpose } from './purpose.ts';
import type { RunStep } from './run-step.ts';
import type { Timer } from './timer.ts';

interface InputBase {
  /** Derived from what caused it, so that the same fact is handled once. */
  readonly id: InputId;
  /** The conversation whose state is asked. */
  readonly scope: Scope;
  /** When it reached us by our own clock, epoch ms; what timers and limits are reckoned by. */
  readonly at: number;
}

/** What the world answered. */
interface AnswerBase extends InputBase {
  /** The click that asked. */
  readonly click?: ReplyContext;
}

/** The run events that matter to a decision; the others are for watchers and are not stored. */
export type DurableRunEvent = Extract<
  RunEvent,
  {
    readonly type:
      | 'turn.waiting'
      | 'thread.started'
      | 'turn.started'
      | 'approval.requested'
      | 'approval.closed'
      | 'turn.completed'
      | 'turn.failed'
      | 'turn.interrupted';
  }
>;

/** Why a run has no end of its own. */
export interface RunLoss {
  readonly code: ErrorCode;
  /** For people; holds no message text. */
  readonly message: string;
  /** True: the prompt surely did not reach Codex. */
  readonly certain: boolean;
  /** What Codex kept of the answer. */
  readonly text?: string;
  /** What Codex kept it as. */
  readonly turn?: TurnId;
}

/** A fact, in the past tense. What `decide` reads. */
export type Input =
  | (InputBase & { readonly type: 'message.received'; readonly event: MessageReceived })
  | (InputBase & { readonly type: 'message.recalled'; readonly event: MessageRecalled })
  | (InputBase & { readonly type: 'action.invoked'; readonly event: ActionInvoked })
  | (InputBase & { readonly type: 'timer.fired'; readonly timer: Timer })
  | (InputBase & {
      readonly type: 'run.progressed';
      readonly run: RunId;
      readonly event: DurableRunEvent;
      /** With the end of a run: the files it made or changed. */
      readonly made?: readonly MadeFile[];
      /** With the end of a run: its plan, as it was left. */
      readonly plan?: readonly PlanStep[];
      /** With a place in line: no live view could show it. */
      readonly isUnseen?: true;
    })
  | (InputBase & {
      readonly type: 'artifact.taken';
      /** Its number here, and who asked for it. */
      readonly artifact: string;
      readonly by: ActorId;
      readonly result: TakenOut;
    })
  | (InputBase & { readonly type: 'run.lost'; readonly run: RunId; readonly loss: RunLoss })
  /** Another program has the thread, so the turn was not asked for. `offers`: what can be done beside waiting. */
  | (InputBase & {
      readonly type: 'run.held';
      readonly run: RunId;
      readonly thread: ThreadId;
      readonly ceiling: RunCeiling;
      readonly offers: readonly ('queue' | 'fork' | 'withdraw')[];
    })
  /** The thread is open on a shared server; the run goes on there. */
  | (InputBase & { readonly type: 'run.joined'; readonly run: RunId })
  /** What a verbose run did since it was told last; `omitted`: so many steps before these. */
  | (InputBase & {
      readonly type: 'run.worked';
      readonly run: RunId;
      readonly steps: readonly RunStep[];
      readonly omitted: number;
    })
  | (InputBase & { readonly type: 'run.overdue'; readonly run: RunId; readonly reason: Overdue })
  | (InputBase & {
      readonly type: 'run.steered';
      readonly run: RunId;
      readonly prompt: Prompt;
      readonly outcome:
        | { readonly type: 'taken' }
        | { readonly type: 'refused'; readonly reason: string }
        | { readonly type: 'unknown' };
    })
  | (InputBase & { readonly type: 'live.opened'; readonly run: RunId; readonly ref: LiveRef })
  | (InputBase & {
      readonly type: 'approval.undelivered';
      readonly run: RunId;
      readonly approval: ApprovalId;
      readonly reason: string;
    })
  | (InputBase & {
      readonly type: 'delivery.failed';
      readonly effect: EffectKey;
      /** `unknown`: it may have arrived. */
      readonly code: ErrorCode | 'unknown';
      readonly message: OutboundMessage;
      readonly purpose: SendPurpose;
      /** When it was decided to say it. */
      readonly claimedAt: number;
      readonly isNotice: boolean;
      /** Its place, where speaking is limited. */
      readonly order?: number;
      /** Where it hung, if not on the latest message. */
      readonly reply?: ReplyContext;
      /** The least pause, where the platform refused because of haste. */
      readonly pauseMs?: number;
    })
  /** Another conversation has something to say here. */
  | (InputBase & { readonly type: 'notice.posted'; readonly from: Scope; readonly notice: Notice })
  /** A question of this conversation was answered in another one. */
  | (InputBase & {
      readonly type: 'approval.answered';
      readonly from: Scope;
      readonly run: RunId;
      readonly approval: ApprovalId;
      readonly answer: Answer;
      readonly by: Actor;
    })
  /** Told only where speaking is limited, since the budget learns from it, and where quotes name messages by id alone. */
  | (InputBase & {
      readonly type: 'delivery.accepted';
      readonly claimedAt: number;
      readonly cost: number;
      /** What people may quote. */
      readonly message?: MessageId;
      readonly text?: string;
    })
  /** The store was put back from a copy that had something open here; `decide` sets it aside before anything else. */
  | (InputBase & { readonly type: 'store.restored' })
  /** Another channel stopped, and only a person can mend it. */
  | (InputBase & {
      readonly type: 'channel.failed';
      readonly channel: ChannelId;
      readonly code: ErrorCode;
      readonly reason: string;
    })
  | (InputBase & { readonly type: 'live.refused'; readonly text: string })
  | (AnswerBase & { readonly type: 'agent.answered'; readonly ask: AgentAsk; readonly reply: AgentReply })
  | (AnswerBase & { readonly type: 'host.answered'; readonly ask: HostAsk; readonly reply: HostReply })
  | (InputBase & {
      readonly type: 'attachments.fetched';
      /** The message they came with. */
      readonly event: EventId;
      readonly taken: readonly Artifact[];
      readonly refused: readonly RefusedFile[];
      /** Where everything taken in for this conversation is. Absent: nothing was. */
      readonly folder?: string;
    })
  | (AnswerBase & {
      readonly type: 'workspace.resolved';
      readonly purpose: WorkspacePurpose;
      readonly asked: string;
      readonly result:
        | { readonly allowed: true; readonly path: WorkspacePath }
        | { readonly allowed: false; readonly reason: string };
    })
  | (AnswerBase & {
      readonly type: 'threads.found';
      readonly purpose: ThreadsPurpose;
      readonly result: { readonly threads: readonly ThreadSummary[] } | { readonly error: string };
    });

/** The id of what came of an effect. */
export function resultInputId(effect: EffectKey, what: string): InputId {
  return `${effect}/${what}` as InputId;
}

/** The id of an inbound event as an input. */
export function eventInputId(channel: ChannelId, event: string): InputId {
  return `event/${channel}:${event}` as InputId;
}

/** One kind of input. */
export type InputOf<Type extends Input['type']> = Extract<Input, { readonly type: Type }>;
