declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** The user's own name of a chat account (`wechat`, `feishu`, `terminal`). Made by the configuration; unique in a profile; holds no colon. */
export type ChannelId = Id<'ChannelId'>;
/** One conversation. Made only by {@link scopeId}; the part after the channel is opaque outside that channel. Unique in a profile. */
export type ScopeId = Id<'ScopeId'>;
/** Who did something, as written in the configuration: `KEY:ID`. Made only by {@link actorId}. Unique in a profile. */
export type ActorId = Id<'ActorId'>;
/** An inbound fact. Made by the channel from the platform's own id, so that a redelivery has the same one. Unique in a channel. */
export type EventId = Id<'EventId'>;
/** A message that the platform accepted. Made by the platform. Unique in a channel. */
export type MessageId = Id<'MessageId'>;
/** A Codex thread. Made by Codex; opaque. */
export type ThreadId = Id<'ThreadId'>;
/** A Codex turn. Made by Codex; opaque; unique in its thread. */
export type TurnId = Id<'TurnId'>;
/** An item of a turn. Made by Codex; opaque; unique in its turn. */
export type ItemId = Id<'ItemId'>;
/** Our record of asking for one turn. Derived from the scope: `{scope}/run/{n}`. */
export type RunId = Id<'RunId'>;
/** A question of the agent. Made by the runner; unique in a run. */
export type ApprovalId = Id<'ApprovalId'>;
/** A durable effect. Derived from its input: `{input}:{index}`. The idempotency key of everything we send. */
export type EffectKey = Id<'EffectKey'>;
/** A durable input. Derived from what caused it, never drawn; unique in a profile. */
export type InputId = Id<'InputId'>;
/** A channel's opaque position in its feed. */
export type Cursor = Id<'Cursor'>;
/** The absolute real path of a checked working directory. */
export type WorkspacePath = Id<'WorkspacePath'>;
/** Hash over everything that must be equal to continue a thread. */
export type Fingerprint = Id<'Fingerprint'>;

/** Turns a plain string into a branded id where it enters the program (a platform answer, a row, a test). Checks nothing. */
export function asId<T extends Id<string>>(value: string): T {
  return value as T;
}

/** Makes the id of a conversation. `conversation` is the channel's own encoding (chat id, chat id and topic, …). */
export function scopeId(channel: ChannelId, conversation: string): ScopeId {
  return `${channel}:${conversation}` as ScopeId;
}

/** Takes a scope id apart again; only the channel that made it may look at `conversation`. */
export function parseScopeId(id: ScopeId): { readonly channel: ChannelId; readonly conversation: string } {
  const colon = id.indexOf(':');
  return { channel: id.slice(0, colon) as ChannelId, conversation: id.slice(colon + 1) };
}

/** Makes an actor id in the form people write into the configuration: `wechat:USER_ID`. */
export function actorId(channel: ChannelId, user: string): ActorId {
  return `${channel}:${user}` as ActorId;
}
