import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Server-sent events on one HTTP response, with `sequence_number` counted from 0 as the Responses API does. */
export interface EventStream {
  /** Whether the headers are out, so that an HTTP status can no longer be sent. */
  readonly isOpen: boolean;
  /** Sends one event; resolves when the client can take the next one. Does nothing once the client has gone. */
  send(type: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  /** Ends the answer properly. */
  end(): void;
  /** Destroys the connection. */
  cut(): void;
}

export function createEventStream(
  response: ServerResponse,
  options: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
): EventStream {
  let sequence = 0;
  const open = () => {
    if (response.headersSent) return;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      ...options.headers,
    });
  };
  return {
    get isOpen() {
      return response.headersSent;
    },
    async send(type, fields) {
      if (options.signal.aborted) return;
      open();
      const data = JSON.stringify({ type, sequence_number: sequence++, ...fields });
      if (response.write(`event: ${type}\ndata: ${data}\n\n`)) return;
      await once(response, 'drain', { signal: options.signal }).catch(() => undefined);
    },
    end() {
      open();
      response.end();
    },
    cut() {
      // What was written before still goes out, which it does in a later tick; the body then breaks off without its last chunk.
      const { socket } = response;
      setImmediate(() => socket?.destroySoon());
    },
  };
}
