import type { Attachment } from './artifact.ts';
import type { Cursor, EventId, MessageId } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { Actor, ReplyContext, Scope } from './scope.ts';

/** A message that the new one refers to. */
export interface Quote {
  readonly id?: MessageId;
  readonly author?: string;
  readonly text?: string;
}

/** What a task asks for beyond its text; policy decides what it gets. */
export interface RunRequest {
  readonly cwd?: string;
  readonly model?: string;
  readonly sandbox?: 'read-only' | 'workspace-write';
  /** When the agent asks. Default: as everywhere in the profile. */
  readonly approvals?: 'untrusted' | 'on-request';
  /** Private conversations that are told of questions and of the end, too. */
  readonly notify?: readonly Scope[];
}

interface EventBase {
  /** The same for every delivery of the same fact. */
  readonly id: EventId;
  readonly scope: Scope;
  readonly actor: Actor;
  readonly reply: ReplyContext;
  /** When it happened on the platform, epoch ms. */
  readonly at: number;
}

/** Somebody wrote. */
export interface MessageReceived extends EventBase {
  readonly type: 'message.received';
  /** Plain text, mentions resolved to names, empty for a bare attachment. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly quote?: Quote;
  /** The platform's id of the message itself, where recalls and quotes name it. */
  readonly message?: MessageId;
  /** True where the bot was addressed; always true in private chats. */
  readonly isAddressed: boolean;
  readonly request?: RunRequest;
}

/** Somebody pressed a button or sent a form that carries an action token. */
export interface ActionInvoked extends EventBase {
  readonly type: 'action.invoked';
  /** The token as the core minted it; the channel does not look inside. */
  readonly token: string;
  readonly values?: JsonObject;
}

/** Somebody took a message back. */
export interface MessageRecalled extends Omit<EventBase, 'actor'> {
  readonly type: 'message.recalled';
  /** Absent where the platform does not tell: its author, or whoever runs the place. */
  readonly actor?: Actor;
  readonly message: MessageId;
}

/** A normalised inbound fact. */
export type ChannelEvent = MessageReceived | ActionInvoked | MessageRecalled;

/** What one step of a feed brought. Asking for the next batch acknowledges this one. */
export interface ChannelBatch {
  readonly events: readonly ChannelEvent[];
  /** The position after these events; to be stored together with them, never before. */
  readonly cursor?: Cursor;
}
