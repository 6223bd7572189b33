import type { JsonObject, ReplyContext } from '@threadbridge/contract';

/** What answers need: the context token of the person's message, and the name of the login under which it came. */
export function toReply(contextToken: string | undefined, login: string): JsonObject | null {
  return contextToken === undefined ? null : { contextToken, login };
}

/** Whether the token came under this login. One that does not say so is taken for it. */
export function isOfLogin(reply: ReplyContext | undefined, login: string): boolean {
  if (typeof reply !== 'object' || reply === null || !('login' in reply)) return true;
  return reply.login === login;
}

/** The token of a reply context, if it has one. */
export function contextTokenOf(reply: ReplyContext | undefined): string | undefined {
  if (typeof reply !== 'object' || reply === null || !('contextToken' in reply)) return undefined;
  return typeof reply.contextToken === 'string' && reply.contextToken !== '' ? reply.contextToken : undefined;
}
