import type { Clock, Logger } from '@threadbridge/contract';
import { NoReplyError, RpcError } from './rpc-error.ts';
import type { Transport, TransportEnd } from './transport.ts';

export interface ConnectionOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For a request that names no time of its own. */
  readonly requestTimeoutMs: number;
  /** Further requests wait: above some 200 at once app-server leaves some without any reply. Default 32. */
  readonly maxInFlight?: number;
  readonly onNotification: (method: string, params: unknown) => void;
  /** To be answered with `respond` or `refuse`, at any time. */
  readonly onRequest: (request: IncomingRequest) => void;
  /** Called once; afterwards nothing is pending. */
  readonly onClosed: (end: TransportEnd) => void;
}

/** What app-server asks of us. Ids are its own, counted from 0 in each process. */
export interface IncomingRequest {
  readonly id: RequestId;
  readonly method: string;
  readonly params: unknown;
}

export type RequestId = number | string;

/** A JSON-RPC connection of two equal sides. */
export interface Connection {
  /** Rejects with `RpcError` or `NoReplyError`. */
  request(method: string, params: unknown, options?: { readonly timeoutMs?: number }): Promise<unknown>;
  notify(method: string, params?: unknown): void;
  respond(id: RequestId, result: unknown): void;
  refuse(id: RequestId, message: string): void;
}

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  isSent: boolean;
}

export function createConnection(options: ConnectionOptions): Connection {
  const { transport, clock, logger } = options;
  const maxInFlight = options.maxInFlight ?? 32;
  const inFlight = new Map<number, Call>();
  const waiting: Call[] = [];
  let nextId = 1;
  let end: TransportEnd | undefined;

  const write = (message: object) => transport.send(JSON.stringify(message));

  const sendNext = () => {
    while (inFlight.size < maxInFlight) {
      const call = waiting.shift();
      if (call === undefined) return;
      inFlight.set(call.id, call);
      call.isSent = write({ id: call.id, method: call.method, params: call.params });
    }
  };

  const drop = (call: Call) => {
    inFlight.delete(call.id);
    const at = waiting.indexOf(call);
    if (at !== -1) waiting.splice(at, 1);
    sendNext();
  };

  const receive = (text: string) => {
    const message = parseMessage(text);
    switch (message.type) {
      case 'result': {
        const call = inFlight.get(message.id);
        if (call === undefined) return;
        drop(call);
        return call.resolve(message.result);
      }
      case 'error': {
        const call = inFlight.get(message.id);
        if (call === undefined) return;
        drop(call);
        return call.reject(new RpcError(call.method, message.code, message.message, message.data));
      }
      case 'request':
        return options.onRequest(message);
      case 'notification':
        return options.onNotification(message.method, message.params);
      case 'garbage':
        return logger.warn({ sizeBytes: text.length }, 'dropped a line of app-server that is no message');
    }
  };

  transport.listen({
    onMessage: receive,
    onClosed(reason) {
      end = reason;
      for (const call of [...inFlight.values(), ...waiting.splice(0)]) {
        call.reject(new NoReplyError(call.method, 'closed', call.isSent, reason.message));
      }
      inFlight.clear();
      options.onClosed(reason);
    },
  });

  const request = (method: string, params: unknown, timeoutMs: number): Promise<unknown> => {
    if (end !== undefined) return Promise.reject(new NoReplyError(method, 'closed', false, end.message));
    const stopWatch = new AbortController();
    return new Promise<unknown>((resolve, reject) => {
      const call: Call = { id: nextId++, method, params, resolve, reject, isSent: false };
      waiting.push(call);
      sendNext();
      void clock.sleep(timeoutMs, stopWatch.signal).then(() => {
        if (stopWatch.signal.aborted) return;
        drop(call);
        reject(new NoReplyError(method, 'timeout', call.isSent, `No reply to ${method} within ${timeoutMs} ms.`));
      });
    }).finally(() => stopWatch.abort());
  };

  return {
    request: (method, params, own) => request(method, params, own?.timeoutMs ?? options.requestTimeoutMs),
    notify: (method, params) => void write({ method, ...(params !== undefined && { params }) }),
    respond: (id, result) => void write({ id, result }),
    refuse: (id, message) => void write({ id, error: { code: -32601, message } }),
  };
}

type Message =
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly code: number; readonly message: string; readonly data: unknown }
  | ({ readonly type: 'request' } & IncomingRequest)
  | { readonly type: 'notification'; readonly method: string; readonly params: unknown }
  | { readonly type: 'garbage' };

function parseMessage(text: string): Message {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { type: 'garbage' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { type: 'garbage' };
  const { id, method, params, result, error } = value as Readonly<Record<string, unknown>>;
  if (typeof method === 'string') {
    return typeof id === 'number' || typeof id === 'string'
      ? { type: 'request', id, method, params }
      : { type: 'notification', method, params };
  }
  if (typeof id !== 'number') return { type: 'garbage' };
  if (typeof error !== 'object' || error === null) return { type: 'result', id, result };
  const { code, message, data } = error as Readonly<Record<string, unknown>>;
  return { type: 'error', id, code: typeof code === 'number' ? code : 0, message: String(message ?? 'no reason given'), data };
}
