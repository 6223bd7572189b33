import { isGatewayError } from '@threadbridge/contract';
import type { Api, CallOptions } from './call.ts';
import { TimedOut } from './deadline.ts';
import { listIn, numberIn, textIn, type Wire } from './wire.ts';

/** What one poll brought. */
export interface Updates {
  readonly messages: readonly Wire[];
  /** The next cursor; the old one where the service named none. */
  readonly cursor: string;
  /** The timeout that the service proposes for the next poll, ms. */
  readonly hintMs?: number;
  /** False: our own timeout came first. */
  readonly isAnswer: boolean;
}

/** Waits for messages. Our own timeout is an empty answer under the same cursor. */
export async function getUpdates(api: Api, cursor: string, call: CallOptions): Promise<Updates> {
  try {
    const answer = await api.post('ilink/bot/getupdates', { get_updates_buf: cursor }, call);
    const hintMs = numberIn(answer, 'longpolling_timeout_ms');
    return {
      isAnswer: true,
      messages: listIn(answer, 'msgs'),
      cursor: textIn(answer, 'get_updates_buf') ?? cursor,
      ...(hintMs !== undefined && hintMs > 0 && { hintMs }),
    };
  } catch (error) {
    if (isGatewayError(error) && error.cause instanceof TimedOut) return { isAnswer: false, messages: [], cursor };
    throw error;
  }
}
