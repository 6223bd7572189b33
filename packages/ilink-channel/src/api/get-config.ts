import type { Api, CallOptions } from './call.ts';
import { textIn } from './wire.ts';

/** The ticket for a person's typing sign; absent where there is none. */
export async function getTypingTicket(
  api: Api,
  user: string,
  contextToken: string | undefined,
  call: CallOptions,
): Promise<string | undefined> {
  const body = { ilink_user_id: user, ...(contextToken !== undefined && { context_token: contextToken }) };
  return textIn(await api.post('ilink/bot/getconfig', body, call), 'typing_ticket');
}
