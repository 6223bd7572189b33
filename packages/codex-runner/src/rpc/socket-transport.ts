import { connect } from 'node:net';
import type { Clock, Logger } from '@threadbridge/contract';
import { WebSocket } from 'ws';
import { deferred, settlesWithin } from './deferred.ts';
import type { Transport, TransportEnd } from './transport.ts';

export interface SocketOptions {
  /** Of a unix socket on which an app-server listens. */
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Time for the other side to say good-bye. Default 1,000. */
  readonly closeMs?: number;
  /** Longest message; a longer one ends the connection. Default 256 MiB: a history with inlined images is one message. */
  readonly maxMessageBytes?: number;
}

/** App-server accepts at once or not at all. */
const openMs = 10_000;

/** WebSocket over a unix socket, one message a frame. Rejects where nobody listens; the server outlives the connection. */
export async function connectSocket(options: SocketOptions): Promise<Transport> {
  const { path, clock, logger } = options;
  const socket = new WebSocket('ws://localhost/', {
    createConnection: () => connect(path),
    // The server's side of the extension costs memory and time, and both sides are one machine.
    perMessageDeflate: false,
    handshakeTimeout: openMs,
    maxPayload: options.maxMessageBytes ?? 256 * 1024 * 1024,
  });
  let complaint: string | undefined;
  const opened = deferred<void>();
  const closed = deferred<void>();
  socket.on('open', () => opened.resolve());
  socket.on('error', (error) => {
    complaint = error.message;
    opened.reject(error);
  });
  socket.on('close', () => closed.resolve());
  await opened.promise;

  return {
    listen(listener) {
      socket.on('message', (data, isBinary) => {
        if (isBinary) logger.warn({}, 'dropped a binary message of app-server');
        else listener.onMessage(String(data));
      });
      const end = (): TransportEnd => ({
        message: ['The connection to app-server ended.', complaint].filter((part) => part !== undefined).join(' '),
      });
      void closed.promise.then(() => listener.onClosed(end()));
    },
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(message);
      return true;
    },
    async close() {
      socket.close();
      if (!(await settlesWithin(clock, closed.promise, options.closeMs ?? 1_000))) socket.terminate();
      await closed.promise;
    },
  };
}
