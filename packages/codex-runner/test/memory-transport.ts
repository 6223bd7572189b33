import type { Transport, TransportListener } from '../src/rpc/transport.ts';

/** The other side of a connection, played by the test. */
export interface MemoryTransport extends Transport {
  /** What was sent to it, parsed, oldest first. */
  readonly sent: Readonly<Record<string, unknown>>[];
  /** Sends a message, or raw text. */
  say(message: object | string): void;
  /** Answers the latest request of that method. */
  reply(method: string, answer: { readonly result: unknown } | { readonly error: unknown }): void;
  end(message?: string): void;
  isClosed: boolean;
}

export function createMemoryTransport(): MemoryTransport {
  const sent: Readonly<Record<string, unknown>>[] = [];
  let listener: TransportListener | undefined;
  const transport: MemoryTransport = {
    sent,
    isClosed: false,
    listen(given) {
      listener = given;
    },
    send(message) {
      sent.push(JSON.parse(message) as Readonly<Record<string, unknown>>);
      return true;
    },
    async close() {
      transport.isClosed = true;
      transport.end('closed');
    },
    say: (message) => listener?.onMessage(typeof message === 'string' ? message : JSON.stringify(message)),
    reply(method, answer) {
      const request = sent.findLast((message) => message.method === method);
      transport.say({ id: request?.id, ...answer });
    },
    end(message = 'gone') {
      const last = listener;
      listener = undefined;
      last?.onClosed({ message });
    },
  };
  return transport;
}
