import { type Seen, seen } from '../convert/seen.ts';
import type { Connection } from '../rpc/connection.ts';
import type { ClientRequests } from './protocol.gen.ts';

/** The methods of app-server this package uses, typed by what the pinned version takes and read leniently in what comes back. */
export interface Client {
  /** Rejects with `RpcError` or `NoReplyError`. */
  call<Method extends keyof ClientRequests>(
    method: Method,
    params: ClientRequests[Method]['params'],
    options?: { readonly timeoutMs?: number },
  ): Promise<Seen<ClientRequests[Method]['result']>>;
}

export function createClient(connection: Pick<Connection, 'request'>): Client {
  return {
    async call(method, params, options) {
      return seen(await connection.request(method, params, options));
    },
  };
}
