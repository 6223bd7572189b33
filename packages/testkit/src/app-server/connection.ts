import type { WebSocket } from 'ws';
import { isObject } from '../model/json.ts';

export type Params = Readonly<Record<string, unknown>>;

/** A message as a client sends it. */
export type Incoming =
  | { readonly type: 'request'; readonly id: number | string; readonly method: string; readonly params: Params }
  | { readonly type: 'notification'; readonly method: string }
  | { readonly type: 'answer'; readonly id: number | string; readonly result: unknown };

/** A client that is connected. */
export interface Client {
  isGreeted: boolean;
  tell(method: string, params: object): void;
  ask(id: number, method: string, params: object): void;
  send(message: object | string): void;
  drop(): void;
}

export function toClient(socket: WebSocket): Client {
  const send = (message: object | string) => {
    if (socket.readyState === socket.OPEN) socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  };
  return {
    isGreeted: false,
    send,
    tell: (method, params) => send({ method, params }),
    ask: (id, method, params) => send({ id, method, params }),
    drop: () => socket.terminate(),
  };
}

/** Undefined where it is no message. */
export function readMessage(text: string): Incoming | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(message)) return undefined;
  const { id, method, params, result } = message;
  const hasId = typeof id === 'number' || typeof id === 'string';
  if (typeof method === 'string') {
    if (!hasId) return { type: 'notification', method };
    return { type: 'request', id, method, params: isObject(params) ? params : {} };
  }
  return hasId ? { type: 'answer', id, result } : undefined;
}
