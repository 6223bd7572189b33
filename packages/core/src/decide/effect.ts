import type {
  ActorId,
  Answer,
  ApprovalId,
  Attachment,
  EffectKey,
  EventId,
  LiveRef,
  OutboundControls,
  OutboundMessage,
  ReplyContext,
  ReviewTarget,
  RunId,
  RunInput,
  RunView,
  Scope,
  SendPurpose,
  ThreadQuery,
  WorkspacePath,
} from '@threadbridge/contract';
import type { AgentAsk } from './agent-ask.ts';
import type { HostAsk } from './host-ask.ts';
import type { Prompt } from './prompt.ts';
import type { ThreadsPurpose, WorkspacePurpose } from './purpose.ts';
import type { Timer } from './timer.ts';

/** A question to the world. */
interface Asked {
  /** The click that asked: it is answered in its place. */
  readonly click?: ReplyContext;
}

/** Something to be done, in the imperative. What `decide` asks for. */
export type Effect =
  | {
      readonly type: 'deliver';
      readonly message: OutboundMessage;
      readonly reply: ReplyContext;
      /** How urgent it is where speaking is limited. */
      readonly purpose: SendPurpose;
      /** When it was decided, epoch ms: how old a repetition would be. */
      readonly at: number;
      /** Its place among everything said, where speaking is limited. */
      readonly order?: number;
      /** It hangs on a message of its own, not on the latest of the conversation. */
      readonly isAside?: true;
      /** A word about a message, or a channel, that failed. To read it twice does no harm: in doubt, it is said again instead of told about. */
      readonly isNotice?: true;
    }
  /** Answers a click in the place of the click. */
  | {
      readonly type: 'action.respond';
      readonly message: OutboundMessage;
      readonly reply: ReplyContext;
      readonly at: number;
      /** What was clicked stays as it is; only whoever clicked is told. */
      readonly keepsMessage?: true;
    }
  /** Shows the end of a run in the view that was opened for it. */
  | {
      readonly type: 'live.close';
      readonly run: RunId;
      readonly ref: LiveRef;
      readonly view: RunView;
      readonly at: number;
      readonly reply: ReplyContext;
      /** What may be done then. */
      readonly controls?: OutboundControls;
    }
  | { readonly type: 'timer'; readonly at: number; readonly timer: Timer }
  | {
      readonly type: 'run.start';
      readonly run: RunId;
      readonly input: RunInput;
      /** The turn is a review of this; the prompt then only says in words what was asked. */
      readonly review?: ReviewTarget;
      /** Its steps are told in messages. */
      readonly isVerbose?: true;
      /** Of the one it is shown to; absent in effects of 0.1.0. */
      readonly language?: 'en' | 'zh';
      readonly reply: ReplyContext;
      readonly idleTimeoutMs: number;
      readonly wallTimeoutMs: number;
    }
  | { readonly type: 'run.steer'; readonly run: RunId; readonly prompt: Prompt }
  | { readonly type: 'run.interrupt'; readonly run: RunId }
  | { readonly type: 'approval.answer'; readonly run: RunId; readonly approval: ApprovalId; readonly answer: Answer }
  /** Copies a file to be sent, if it still is what was looked at. */
  | {
      readonly type: 'artifact.take';
      readonly artifact: string;
      readonly by: ActorId;
      readonly path: string;
      readonly workspace: WorkspacePath;
      readonly sha256: string;
    }
  /** Writes an answer that is to be sent as a file. */
  | {
      readonly type: 'artifact.keep';
      readonly artifact: string;
      readonly by: ActorId;
      readonly name: string;
      readonly mediaType: string;
      readonly text: string;
    }
  /** Fetches the files of a message that waits. */
  | { readonly type: 'attachments.fetch'; readonly event: EventId; readonly attachments: readonly Attachment[] }
  | (Asked & { readonly type: 'workspace.resolve'; readonly path: string; readonly purpose: WorkspacePurpose })
  | (Asked & {
      readonly type: 'threads.find';
      readonly wanted: ThreadQuery | { readonly idPart: string };
      readonly purpose: ThreadsPurpose;
    })
  /** Asks the agent something beside a run. */
  | (Asked & { readonly type: 'agent.ask'; readonly ask: AgentAsk })
  /** Asks something of the program itself. */
  | (Asked & { readonly type: 'host.ask'; readonly ask: HostAsk });

/** The names of all effects. */
export type EffectType = Effect['type'];

/** An effect with its durable name and place. */
export interface EffectRow {
  readonly key: EffectKey;
  readonly scope: Scope;
  readonly effect: Effect;
}

/** One kind of effect. */
export type EffectOf<Type extends EffectType> = Extract<Effect, { readonly type: Type }>;
