import type { Api, CallOptions } from './call.ts';

const statuses = { typing: 1, cancel: 2 } as const;

/** Shows or takes away the typing sign. */
export async function sendTyping(
  api: Api,
  user: string,
  ticket: string,
  status: keyof typeof statuses,
  call: CallOptions,
): Promise<void> {
  await api.post('ilink/bot/sendtyping', { ilink_user_id: user, typing_ticket: ticket, status: statuses[status] }, call);
}
