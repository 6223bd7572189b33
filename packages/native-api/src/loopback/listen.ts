import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { GatewayError } from '@threadbridge/contract';
import { newId } from '../ids.ts';
import { parseHost } from './host.ts';

export interface ListenOptions {
  /** What it is, for errors: `native API`. */
  readonly name: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Answers one request; must not reject. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Time a client has to send its headers. Default 20,000. */
  readonly headersTimeoutMs?: number;
  /** Time a client has to send its whole request. Default 120,000. */
  readonly requestTimeoutMs?: number;
}

/** Something that listens. */
export interface Listening {
  /** `http://127.0.0.1:8765` */
  readonly address: string;
  readonly port: number;
  /** Takes nothing new, waits for `drain`, drops what is still connected a moment later, frees the port. */
  stop(drain: () => Promise<void>): Promise<void>;
}

/**
 * Listens with the limits a loopback port needs: 32 KiB of headers, slow clients let go, exactly one Host header. Rejects with
 * `config.invalid` where the port is taken.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const listener = getRequestListener(options.fetch, { overrideGlobalObjects: false });
  const server = createServer(
    {
      maxHeaderSize: 32 * 1024,
      headersTimeout: options.headersTimeoutMs ?? 20_000,
      requestTimeout: options.requestTimeoutMs ?? 120_000,
      connectionsCheckingInterval: Math.min(1_000, options.headersTimeoutMs ?? 1_000),
      keepAliveTimeout: 30_000,
      // A missing Host is refused below, with a body.
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      if (hasOneHost(incoming)) void listener(incoming, outgoing);
      else refuseHost(outgoing);
    },
  );
  server.on('clientError', onClientError);
  await bind(server, options);
  const { address, family, port } = server.address() as AddressInfo;
  return {
    address: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    port,
    async stop(drain) {
      const closed = once(server, 'close');
      server.close();
      await drain();
      server.closeIdleConnections();
      // What is still written to a client gets a moment; then the port is to be free.
      const timer = setTimeout(() => server.closeAllConnections(), 250);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function bind(server: Server, { name, host, port }: ListenOptions): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new GatewayError('config.invalid', `The ${name} cannot listen on ${host}:${port}.`, {
      certain: true,
      cause: error,
      remedy: 'Choose another port; 0 takes a free one.',
    });
  }
}

/** Two of them, or one that is no host, would be read differently by different programs. */
function hasOneHost({ rawHeaders }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host');
  return hosts.length === 1 && parseHost(hosts[0]) !== undefined;
}

function refuseHost(outgoing: ServerResponse): void {
  const [headers, body] = problem('permission_error', 'host_not_allowed', 'This server does not answer under that host name.');
  outgoing.writeHead(403, headers).end(body);
}

/** Headers and body of an answer that no route gives. */
function problem(
  type: string,
  code: string,
  message: string,
): readonly [headers: Readonly<Record<string, string>>, body: string] {
  const body = JSON.stringify({ error: { message, type, param: null, code } });
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': newId('req'),
    connection: 'close',
  };
  return [headers, body];
}

/** What does not become a request: bad syntax, both length headers, headers too large, clients too slow. */
function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return void socket.destroy();
  const [status, code, message] = toProblem(error.code);
  const [headers, body] = problem('invalid_request_error', code, message);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status}`, ...lines, '', body].join('\r\n'));
}

function toProblem(code: string | undefined): readonly [status: string, code: string, message: string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['431 Request Header Fields Too Large', 'headers_too_large', 'The headers are larger than 32 KiB.'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['408 Request Timeout', 'request_timeout', 'The request took too long to arrive.'];
    default:
      return ['400 Bad Request', 'invalid_http', 'This is not a request this server can read.'];
  }
}
