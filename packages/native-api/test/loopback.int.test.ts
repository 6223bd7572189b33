import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNativeApi, serve } from '../src/index.ts';
import { setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp({ allowedHosts: ['codex.test'], allowedOrigins: ['https://good.example'] });
});
afterAll(() => world[Symbol.asyncDispose]());

interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

function open(port = world.server.port): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Everything a server says until it closes the connection. */
function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
    });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
  });
}

async function raw(request: string, port?: number): Promise<Answer> {
  const socket = await open(port);
  const all = readAll(socket);
  socket.write(request);
  return toAnswer(await all);
}

function toAnswer(text: string): Answer {
  const [head = '', ...body] = text.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body: body.join('\r\n\r\n') };
}

const get = (headers: string, path = '/v1/health') => raw(`GET ${path} HTTP/1.1\r\nConnection: close\r\n${headers}\r\n`);
const codeOf = ({ body }: Answer) =>
  (JSON.parse(body) as { error: { code: string; message: string; param: null; type: string } }).error.code;
const livesOn = async () => expect((await get('Host: localhost\r\n')).status).toBe(200);

describe('the Host header', () => {
  it.each(['127.0.0.1', 'localhost', 'LOCALHOST:1234', '[::1]:80', 'codex.test', 'Codex.Test:99'])(
    '%s is taken',
    async (host) => {
      expect((await get(`Host: ${host}\r\n`)).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    '127.0.0.1.evil.example',
    'evil@127.0.0.1',
    '127.0.0.1:80@evil.example',
    'localhost:80:80',
    '127.0.0.1,evil.example',
    '[::1].evil.example',
    '0.0.0.0',
    '',
  ])('%s is refused on every route', async (host) => {
    for (const path of ['/v1/health', '/metrics', '/nothing']) {
      const answer = await get(`Host: ${host}\r\n`, path);
      expect([answer.status, codeOf(answer)]).toEqual([403, 'host_not_allowed']);
    }
  });

  it('missing or doubled is refused', async () => {
    expect(codeOf(await get(''))).toBe('host_not_allowed');
    expect(codeOf(await get('Host: localhost\r\nHost: localhost\r\n'))).toBe('host_not_allowed');
    await livesOn();
  });
});

describe('the Origin header', () => {
  it.each([
    'https://evil.example',
    'null',
    'file://',
    'chrome-extension://abc',
    'http://127.0.0.1:1',
    'https://good.example.evil',
  ])('%s is refused', async (origin) => {
    const answer = await get(`Host: localhost\r\nOrigin: ${origin}\r\n`);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'origin_not_allowed']);
    expect(answer.head).not.toMatch(/access-control/i);
  });

  it('of a listed page is taken, and of other pages a browser says cross-site', async () => {
    const good = await get('Host: localhost\r\nOrigin: https://good.example\r\n');
    expect([good.status, /access-control-allow-origin: https:\/\/good\.example/i.test(good.head)]).toEqual([200, true]);
    expect((await get('Host: localhost\r\nSec-Fetch-Site: cross-site\r\n')).status).toBe(403);
    // Node's own fetch sends this.
    expect((await get('Host: localhost\r\nSec-Fetch-Mode: cors\r\n')).status).toBe(200);
    const preflight = (origin: string) =>
      raw(`OPTIONS /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: ${origin}\r\n\r\n`);
    expect((await preflight('https://good.example')).status).toBe(204);
    expect((await preflight('https://evil.example')).status).toBe(403);
  });
});

describe('what is no proper request', () => {
  const post = 'POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  it.each([
    ['both length headers', `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['two lengths', `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}`, 400],
    ['a broken chunk', `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['large headers', `GET /v1/health HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
  ])('%s', async (_, request, status) => {
    const answer = await raw(request);
    expect(answer.status).toBe(status);
    expect(codeOf(answer)).toMatch(/^[a-z_]+$/);
    await livesOn();
  });
});

describe('slow clients', () => {
  it('are let go: slow headers, slow body; silent sockets keep nobody out', async () => {
    const api = createNativeApi({ runner: world.runner, workspace: world.workspace });
    await using server = await serve(api, { port: 0, headersTimeoutMs: 150, requestTimeoutMs: 400 });
    const idle = await Promise.all(Array.from({ length: 100 }, () => open(server.port)));
    const closing = idle.map(readAll);
    expect((await fetch(`${server.baseUrl}/health`)).status).toBe(200);
    const headers = raw('GET /v1/health HTTP/1.1\r\nHost: loc', server.port);
    const post =
      'POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"inp';
    const body = raw(post, server.port);
    expect([(await headers).status, (await body).status]).toEqual([408, 408]);
    expect(codeOf(await body)).toBe('request_timeout');
    for (const socket of idle) socket.destroy();
    await Promise.all(closing);
  });
});

it('a refused body is not waited for: the answer comes while it is on its way', async () => {
  const api = createNativeApi({ runner: world.runner, workspace: world.workspace, token: 't', maxBodyBytes: 1_000 });
  await using server = await serve(api, { port: 0 });
  const socket = await open(server.port);
  const head = 'POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n';
  const first = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
  socket.on('error', () => {});
  socket.write(`${head}Authorization: Bearer t\r\n\r\n{"input":"`);
  expect(toAnswer(await first).status).toBe(413);
  socket.destroy();
  const other = await open(server.port);
  const refusal = new Promise<string>((resolve) => other.once('data', (data) => resolve(String(data))));
  other.write(`${head}\r\n{"input":"`);
  expect(toAnswer(await refusal).status).toBe(401);
  other.destroy();
});

it('connections stay open after an error', async () => {
  const socket = await open();
  socket.setEncoding('utf8');
  const answers: number[] = [];
  let text = '';
  const second = new Promise<void>((resolve) => {
    socket.on('data', (part: string) => {
      text += part;
      answers.splice(0, answers.length, ...[...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status)));
      if (answers.length === 1) socket.write('GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n');
      if (answers.length === 2) resolve();
    });
  });
  socket.write('GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await second;
  socket.destroy();
  expect(answers).toEqual([404, 200]);
});

it('listens on other addresses only with a token', async () => {
  const open = createNativeApi({ runner: world.runner, workspace: world.workspace });
  await expect(serve(open, { host: '0.0.0.0', port: 0 })).rejects.toMatchObject({ code: 'config.unsafe' });
  await expect(serve(open, { port: world.server.port })).rejects.toMatchObject({ code: 'config.invalid' });
  const closed = createNativeApi({ runner: world.runner, workspace: world.workspace, token: 't' });
  await using server = await serve(closed, { host: '0.0.0.0', port: 0 });
  expect((await fetch(`http://127.0.0.1:${server.port}/v1/health`)).status).toBe(401);
});
