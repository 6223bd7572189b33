import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAskedForTime } from '../model/asked-for-time.ts';
import { isObject, stringField } from '../model/json.ts';
import { parseJson } from '../model/read-body.ts';
import { type FeishuFault, type FeishuOperation, isProcessedUnder } from './fault.ts';
import type { ClientConfig } from './long-connections.ts';
import { register } from './registration.ts';
import { findRoute } from './routes.ts';
import { type Answer, no, type World } from './world.ts';

/** Larger than any upload the platform takes. */
const maxBodyBytes = 64 * 1024 * 1024;

/** Answers one request to the open platform, to discovery, or to the accounts service. */
export async function answerRequest(
  world: World,
  config: () => ClientConfig,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  const method = request.method ?? 'GET';
  const raw = await readRaw(request);
  const contentType = request.headers['content-type'] ?? '';
  const isForm = /multipart|x-www-form/.test(contentType);
  const body = isForm ? undefined : parseJson(raw.toString('utf8'));
  const query = Object.fromEntries(url.searchParams);
  const found = findRoute(method, url.pathname);
  const operation = found?.route.operation ?? special(method, url.pathname);
  world.requests.push({ operation, method, path: url.pathname, query, body, at: world.clock.now() });
  if (operation === undefined) {
    if (!isAskedForTime(method, url.pathname)) world.mistake(`${method} ${url.pathname} is no operation of this platform.`);
    return send(response, 404, { code: 404, msg: 'not found' });
  }
  const fault = world.faults.get(operation)?.shift();
  if (fault !== undefined && !isProcessedUnder(fault)) return fail(world, operation, response, fault, undefined);
  if (operation === 'registration') {
    const told = register(world, new URLSearchParams(raw.toString('utf8')));
    return send(response, told.status, told.body);
  }
  const card = found !== undefined && operation !== 'card.create' ? world.cards.get(found.ids[0] ?? '') : undefined;
  if (card !== undefined) card.inFlight += 1;
  const answer = ((): Answer => {
    if (operation === 'token') return issueToken(world, body);
    if (operation === 'discovery') return discover(world, config(), body);
    const token = checkToken(world, request.headers.authorization);
    if (token !== undefined) return token;
    const call = { path: found?.ids ?? [], query, body: isObject(body) ? body : {}, raw, contentType };
    return found?.route.answer(world, call) ?? no(404, 'not found');
  })();
  try {
    if (fault !== undefined) return await fail(world, operation, response, fault, answer);
    reply(world, operation, response, answer);
  } finally {
    if (card !== undefined) card.inFlight -= 1;
  }
}

function special(method: string, path: string): FeishuOperation | undefined {
  if (method !== 'POST') return undefined;
  if (path === '/open-apis/auth/v3/tenant_access_token/internal') return 'token';
  if (path === '/callback/ws/endpoint') return 'discovery';
  return path === '/oauth/v1/app/registration' ? 'registration' : undefined;
}

function issueToken(world: World, body: unknown): Answer {
  if (stringField(body, 'app_id') !== world.app.id) return { ...no(10_003, 'invalid app_id'), status: 200 };
  if (stringField(body, 'app_secret') !== world.app.secret) return { ...no(10_014, 'app secret invalid'), status: 200 };
  const now = world.clock.now();
  const [last] = [...world.tokens].findLast(([, expiresAt]) => expiresAt - now > 30 * 60_000) ?? [];
  const token = last ?? `t-${randomBytes(12).toString('hex')}`;
  if (last === undefined) world.tokens.set(token, now + world.rules.tokenLifeMs);
  const expire = Math.floor(((world.tokens.get(token) ?? now) - now) / 1_000);
  return { code: 0, msg: 'ok', beside: { tenant_access_token: token, expire } };
}

function discover(world: World, config: ClientConfig, body: unknown): Answer {
  if (stringField(body, 'AppID') !== world.app.id || stringField(body, 'AppSecret') !== world.app.secret)
    return { code: 514, msg: 'AuthFailed', data: {}, status: 200 };
  const socket = `${world.url.replace('http', 'ws')}/ws?fpid=1&device_id=${world.nextId('')}&service_id=1&ticket=${randomBytes(8).toString('hex')}`;
  return { code: 0, msg: '', data: { URL: socket, ClientConfig: config } };
}

function checkToken(world: World, header: string | undefined): Answer | undefined {
  const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
  if (token === undefined) {
    world.mistake('A request came without a tenant token.');
    return no(99_991_661, 'Missing access token');
  }
  const expiresAt = world.tokens.get(token);
  if (expiresAt !== undefined && expiresAt > world.clock.now()) return undefined;
  return no(99_991_663, 'Invalid access token for authorization. Please make a request with token attached.');
}

function reply(world: World, operation: FeishuOperation, response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  if (answer.code !== 0) world.refusals.push({ operation, code: answer.code, at: world.clock.now() });
  if (answer.file !== undefined && answer.code === 0) {
    const name = encodeURIComponent(answer.file.name);
    response
      .writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
      })
      .end(answer.file.bytes);
    return;
  }
  const { code, msg = '', data, beside } = answer;
  const limits = answer.status === 429 ? { 'x-ogw-ratelimit-limit': '10', 'x-ogw-ratelimit-reset': '1' } : {};
  send(
    response,
    code === 0 ? 200 : (answer.status ?? 400),
    { code, msg, ...(data !== undefined && { data }), ...beside },
    limits,
  );
}

/** `answer`: what would have been said, where the call was carried out. */
async function fail(
  world: World,
  operation: FeishuOperation,
  response: ServerResponse,
  fault: FeishuFault,
  answer: Answer | undefined,
): Promise<void> {
  switch (fault.type) {
    case 'code':
      return reply(world, operation, response, { ...fault, msg: fault.msg ?? 'refused', status: fault.status ?? 200 });
    case 'rate':
      world.refusals.push({ operation, code: 99_991_400, at: world.clock.now() });
      return send(
        response,
        429,
        { code: 99_991_400, msg: 'request trigger frequency limit' },
        { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': String(fault.resetSeconds ?? 1) },
      );
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end(`<h1>${fault.status}</h1>`);
      return;
    case 'drop':
      response.destroy();
      return;
    case 'hang':
      return;
    case 'hold':
      await fault.until;
      return reply(world, operation, response, answer ?? no(500, 'nothing'));
  }
}

function send(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));
}

async function readRaw(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) throw new RangeError('The body is larger than any the platform takes.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
