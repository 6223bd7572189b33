import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, systemClock } from '@threadbridge/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { checkSocketPath } from '../process/socket-path.ts';
import { deferred } from './deferred.ts';
import { connectSocket } from './socket-transport.ts';
import type { Transport, TransportEnd } from './transport.ts';

let folder: string;
let path: string;
let http: Server;
let sockets: WebSocketServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ws-'));
  path = join(folder, 'a socket: with marks');
  http = createServer();
  sockets = new WebSocketServer({ server: http });
  await new Promise<void>((resolve) => http.listen(path, resolve));
});
afterEach(async () => {
  for (const client of sockets.clients) client.terminate();
  await new Promise((resolve) => http.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const connect = async (maxMessageBytes?: number) => {
  const accepted = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve));
  const transport = await connectSocket({
    path,
    clock: systemClock,
    logger: silentLogger,
    ...(maxMessageBytes !== undefined && { maxMessageBytes }),
  });
  return { transport, other: await accepted };
};
const listen = (transport: Transport) => {
  const messages: string[] = [];
  const over = deferred<TransportEnd>();
  transport.listen({ onMessage: (text) => void messages.push(text), onClosed: over.resolve });
  return { messages, over: over.promise };
};

it('carries whole messages both ways, whatever the socket is called', async () => {
  const { transport, other } = await connect();
  const { messages } = listen(transport);
  other.on('message', (data) => other.send(`${data} back`));
  expect(transport.send('{"id":1}')).toBe(true);
  await expect.poll(() => messages).toEqual(['{"id":1} back']);
  await transport.close();
});

it('passes over frames that are no text', async () => {
  const { transport, other } = await connect();
  const { messages, over } = listen(transport);
  other.send(Buffer.from([1, 2, 3]));
  other.send('text');
  other.close();
  await over;
  expect(messages).toEqual(['text']);
});

it('ends, without a throw, when the other side goes, says too much, or breaks the protocol; then nothing goes out', async () => {
  const breaks: readonly ((other: WebSocket) => void)[] = [
    (other) => other.terminate(),
    (other) => other.close(1011, 'trouble'),
    (other) => other.send('x'.repeat(2_000)),
    (other) => void (other as unknown as { _socket: { write(data: Buffer): void } })._socket.write(Buffer.alloc(64, 0xff)),
  ];
  for (const [index, breakIt] of breaks.entries()) {
    const { transport, other } = await connect(1_000);
    const { over } = listen(transport);
    breakIt(other);
    expect((await over).message, String(index)).toContain('The connection to app-server ended.');
    expect(transport.send('late')).toBe(false);
    await transport.close();
  }
});

it('closes also where the other side does not answer', async () => {
  const { transport, other } = await connect();
  const { over } = listen(transport);
  (other as unknown as { _socket: { pause(): void } })._socket.pause();
  await transport.close();
  await over;
});

it('rejects where nobody listens, or no WebSocket', async () => {
  await expect(connectSocket({ path: join(folder, 'none'), clock: systemClock, logger: silentLogger })).rejects.toThrow(/ENOENT/);
  sockets.close();
  http.removeAllListeners('upgrade');
  http.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'));
  await expect(connectSocket({ path, clock: systemClock, logger: silentLogger })).rejects.toThrow(/404/);
});

it('has a path the system can take', () => {
  if (process.platform === 'win32') return expect(() => checkSocketPath('/tmp/x')).toThrowError(/Windows/);
  const longest = process.platform === 'linux' ? 107 : 103;
  expect(() => checkSocketPath(`/${'é'.repeat(50)}`)).not.toThrow();
  expect(() => checkSocketPath(`/${'x'.repeat(longest - 1)}`)).not.toThrow();
  expect(() => checkSocketPath(`/${'x'.repeat(longest)}`)).toThrowError(
    new RegExp(`${longest + 1} bytes; the system allows ${longest}`),
  );
});
