import { type Clock, explain, GatewayError, type Logger, type ReplyContext, type Scope } from '@threadbridge/contract';
import type { Api, CallOptions } from './api/call.ts';
import { getTypingTicket } from './api/get-config.ts';
import { sendTyping } from './api/send-typing.ts';
import { contextTokenOf } from './reply.ts';
import { toUser } from './scope.ts';

export interface TypingOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Typing {
  /** Shows the typing sign until the signal aborts, then takes it away; resolves when it is gone. */
  start(scope: Scope, reply: ReplyContext, signal: AbortSignal): Promise<void>;
  /** Takes away a sign that a killed process left. */
  clear(scope: Scope, reply: ReplyContext): Promise<void>;
}

const repeatMs = 5_000;
const timeoutMs = 10_000;
/** Tickets were seen dead after about ten minutes. */
const ticketLifeMs = 8 * 60_000;

export function createTyping({ api, clock, logger }: TypingOptions): Typing {
  async function drawTicket(user: string, reply: ReplyContext, call: CallOptions): Promise<string> {
    const text = await getTypingTicket(api, user, contextTokenOf(reply), call);
    if (text !== undefined) return text;
    throw new GatewayError('channel.rejected', 'WeChat gave no ticket for the typing sign.', { certain: true });
  }

  return {
    async start(scope, reply, signal) {
      const user = toUser(scope);
      let ticket: { readonly text: string; readonly at: number } | undefined;
      if (signal.aborted) return;

      async function freshTicket(): Promise<string> {
        if (ticket !== undefined && clock.now() - ticket.at < ticketLifeMs) return ticket.text;
        const text = await drawTicket(user, reply, { timeoutMs, signal });
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
    },
    async clear(scope, reply) {
      const user = toUser(scope);
      await sendTyping(api, user, await drawTicket(user, reply, { timeoutMs }), 'cancel', { timeoutMs });
    },
  };
}
