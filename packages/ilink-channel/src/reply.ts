import type { JsonObject, ReplyContext } from '@threadbridge/contract';

/** What answers need: the context token of the person's message. */
export function toReply(contextToken: string | undefined): JsonObject | null {
  return contextToken === undefined ? null : { contextToken };
}

/** The token of a reply context, if it has one. */
export function contextTokenOf(reply: ReplyContext | undefined): string | undefined {
  if (typeof reply !== 'object' || reply === null || !('contextToken' in reply)) return undefined;
  return typeof reply.contextToken === 'string' && reply.contextToken !== '' ? reply.contextToken : undefined;
}
