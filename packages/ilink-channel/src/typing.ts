import { type Clock, explain, GatewayError, type Logger, type ReplyContext, type Scope } from '@threadbridge/contract';
import type { Api } from './api/call.ts';
import { getTypingTicket } from './api/get-config.ts';
import { sendTyping } from './api/send-typing.ts';
import { contextTokenOf } from './reply.ts';
import { toUser } from './scope.ts';

export interface TypingOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly logger: Logger;
}

const repeatMs = 5_000;
const timeoutMs = 10_000;
/** Tickets were seen dead after about ten minutes. */
const ticketLifeMs = 8 * 60_000;

/** Shows the typing sign until the signal aborts, then takes it away; resolves when it is gone. */
export function createTyping({ api, clock, logger }: TypingOptions) {
  return async (scope: Scope, reply: ReplyContext, signal: AbortSignal): Promise<void> => {
    const user = toUser(scope);
    const contextToken = contextTokenOf(reply);
    let ticket: { readonly text: string; readonly at: number } | undefined;
    if (signal.aborted) return;

    async function freshTicket(): Promise<string> {
      if (ticket !== undefined && clock.now() - ticket.at < ticketLifeMs) return ticket.text;
      const text = await getTypingTicket(api, user, contextToken, { timeoutMs, signal });
      if (text === undefined)
        throw new GatewayError('channel.rejected', 'WeChat gave no ticket for the typing sign.', { certain: true });
      ticket = { text, at: clock.now() };
      return text;
    }

    let isShown = false;
    try {
      while (!signal.aborted) {
        const text = await freshTicket();
        if (signal.aborted) return;
        isShown = true;
        // Not cut short by the signal: it could arrive behind the cancellation and stay on the phone.
        await sendTyping(api, user, text, 'typing', { timeoutMs }).catch((error: unknown) => {
          logger.debug({ reason: explain(error) }, 'the typing sign could not be renewed');
        });
        await clock.sleep(repeatMs, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (isShown && ticket !== undefined) {
        await sendTyping(api, user, ticket.text, 'cancel', { timeoutMs }).catch((error: unknown) => {
          logger.debug({ reason: explain(error) }, 'the typing sign could not be taken away');
        });
      }
    }
  };
}
