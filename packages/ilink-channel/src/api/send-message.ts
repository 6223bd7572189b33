import type { JsonObject } from '@threadbridge/contract';
import type { Api, CallOptions } from './call.ts';
import { idIn } from './wire.ts';

/** One item to one person. */
export interface OutboundItem {
  readonly to: string;
  readonly clientId: string;
  readonly contextToken: string;
  readonly item: JsonObject;
}

/** Resolves with the message id when the service accepted; without one where it named none, which was seen with messages that never arrived. */
export async function sendMessage(
  api: Api,
  { to, clientId, contextToken, item }: OutboundItem,
  call: CallOptions,
): Promise<string | undefined> {
  const msg = {
    from_user_id: '',
    to_user_id: to,
    client_id: clientId,
    message_type: 2,
    message_state: 2,
    item_list: [item],
    context_token: contextToken,
  };
  return idIn(await api.post('ilink/bot/sendmessage', { msg }, call), 'message_id');
}
