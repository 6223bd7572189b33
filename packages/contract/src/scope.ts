import type { ActorId, ChannelId, ScopeId } from './ids.ts';
import type { JsonValue } from './json.ts';

/** What kind of place a conversation is; policy looks at it, nobody branches on the channel's name. */
export type ScopeKind = 'private' | 'group' | 'topic' | 'comment' | 'console' | 'task';

/** The conversation that has a queue and a state. */
export interface Scope {
  readonly id: ScopeId;
  readonly channel: ChannelId;
  readonly kind: ScopeKind;
  /** The conversation around this one: the chat of a topic, the document of a comment. */
  readonly parent?: ScopeId;
  /** A name for people. Never compared. */
  readonly title?: string;
}

/** Who did it. */
export interface Actor {
  readonly id: ActorId;
  /** A name for people. Never compared. */
  readonly name?: string;
  /** True for other programs; they are not listened to. */
  readonly isBot?: boolean;
}

/** What a channel needs to answer there (a message to reply to, a context token). Kept by the core, read by the channel alone. */
export type ReplyContext = JsonValue;
