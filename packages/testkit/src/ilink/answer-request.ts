import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAskedForTime } from '../model/asked-for-time.ts';
import { parseJson } from '../model/read-body.ts';
import { checkBaseInfo, checkHeaders } from './check-request.ts';
import { type IlinkEndpoint, type IlinkFault, ilinkEndpoints, isProcessedUnder } from './fault.ts';
import type { LoginDesk } from './login-desk.ts';
import { announceUpload, takeUpload } from './media.ts';
import { sendMessage } from './send.ts';
import { getConfig, sendTyping } from './typing.ts';
import { getUpdates } from './updates.ts';
import { toWireJson } from './wire-json.ts';
import type { World } from './world.ts';

/** Larger than any upload the service takes. */
const maxBodyBytes = 256 * 1024 * 1024;

interface Exchange {
  readonly endpoint: IlinkEndpoint;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly raw: Buffer;
  readonly body: unknown;
  readonly fault: IlinkFault | undefined;
  /** Aborts when the client has gone. */
  readonly closed: AbortSignal;
}

/** Answers one request to the API or to the CDN. */
export async function answerRequest(
  world: World,
  desk: LoginDesk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  const endpoint = endpointOf(url.pathname);
  const raw = await readRaw(request);
  const body = parseJson(raw.toString('utf8'));
  const isCdn = endpoint === 'upload' || endpoint === 'download';
  world.requests.push({
    endpoint: endpoint ?? url.pathname,
    headers: request.headers,
    body: isCdn ? undefined : body,
    at: world.clock.now(),
  });
  world.changed();
  if (endpoint === undefined) {
    if (!isAskedForTime(request.method, url.pathname)) world.mistake(`${request.method} ${url.pathname} is no endpoint.`);
    response.writeHead(404).end();
    return;
  }
  // The time of this world is its clock's; where nothing is said of it, nothing is known.
  response.sendDate = false;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const fault = takeFault(world, endpoint);
  const exchange: Exchange = { endpoint, request, response, query: url.searchParams, raw, body, fault, closed: gone.signal };

  if (fault !== undefined && !isProcessedUnder(fault)) return fail(world, exchange, fault, '');
  if (isCdn) return cdn(world, exchange, endpoint);
  const answer = await api(world, desk, exchange);
  const text = toWireJson(answer);
  if (fault !== undefined && fault.type !== 'duplicate' && fault.type !== 'reorder' && fault.type !== 'no-id') {
    return fail(world, exchange, fault, text);
  }
  const date = new Date(world.clock.now()).toUTCString();
  response.writeHead(200, { 'content-type': 'application/json', date }).end(text);
}

async function api(world: World, desk: LoginDesk, exchange: Exchange): Promise<Record<string, unknown>> {
  const { endpoint, request, query, body, fault, closed } = exchange;
  const isAdmitted = checkHeaders(world, endpoint, request.method ?? '', request.headers);
  if (endpoint === 'get_bot_qrcode') {
    if (request.method !== 'POST') world.mistake('get_bot_qrcode: today’s clients use POST.');
    return { ...desk.draw() };
  }
  if (endpoint === 'get_qrcode_status') return desk.status(query.get('qrcode') ?? '', query.get('verify_code') ?? undefined);

  checkBaseInfo(world, endpoint, body);
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const bot = world.bots.get(token);
  if (bot === undefined || bot.isExpired || !isAdmitted) return { ret: -14, errcode: -14, errmsg: 'session timeout' };
  const fields = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  switch (endpoint) {
    case 'getupdates':
      return scramble(await getUpdates(world, bot, fields.get_updates_buf, closed), fault);
    case 'sendmessage':
      return sendMessage(world, bot, body, {
        hasId: fault?.type !== 'no-id',
        isShown: fault?.type !== 'no-id' || (fault.isShown ?? false),
      });
    case 'getconfig':
      return getConfig(world, bot, body);
    case 'sendtyping':
      return sendTyping(world, bot, body);
    case 'getuploadurl':
      return announceUpload(world, bot, body);
    case 'notifystart':
    case 'notifystop':
      bot.isOnline = endpoint === 'notifystart';
      world.changed();
      return { ret: 0 };
    case 'upload':
    case 'download':
      throw new TypeError('The CDN has answers of its own.');
  }
}

function scramble(answer: Record<string, unknown>, fault: IlinkFault | undefined): Record<string, unknown> {
  const msgs = Array.isArray(answer.msgs) ? answer.msgs : [];
  switch (fault?.type) {
    case 'duplicate':
      return { ...answer, msgs: msgs.flatMap((one) => [one, one]) };
    case 'reorder':
      return { ...answer, msgs: msgs.toReversed() };
    default:
      return answer;
  }
}

function cdn(world: World, exchange: Exchange, endpoint: 'upload' | 'download'): void {
  const { request, response, query, raw } = exchange;
  for (const name of ['authorization', 'ilink-app-id', 'x-wechat-uin']) {
    if (request.headers[name] !== undefined) world.mistake(`${endpoint}: the CDN was sent the header ${name}.`);
  }
  if (endpoint === 'download') {
    const file = world.files.get(query.get('encrypted_query_param') ?? '');
    if (file === undefined) response.writeHead(404, { 'x-error-message': 'unknown file' }).end();
    else if (exchange.fault?.type === 'cut') {
      response.writeHead(200, { 'content-length': file.sealed.length });
      response.write(file.sealed.subarray(0, file.sealed.length >> 1), () => response.destroy());
    } else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.sealed);
    return;
  }
  if (request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  const taken = takeUpload(world, query, raw);
  if ('error' in taken) response.writeHead(400, { 'x-error-message': taken.error }).end();
  else if (exchange.fault !== undefined) fail(world, exchange, exchange.fault, '');
  else response.writeHead(200, { 'x-encrypted-param': taken.handle }).end();
}

/** `text`: the answer that would have been given. */
function fail(world: World, exchange: Exchange, fault: IlinkFault, text: string): void {
  const { response } = exchange;
  switch (fault.type) {
    case 'status':
      void world.clock.sleep(fault.afterMs ?? 0, exchange.closed).then(() => {
        if (!response.destroyed)
          response.writeHead(fault.status, { 'content-type': 'text/html' }).end(`<h1>${fault.status}</h1>`);
      });
      return;
    case 'refuse': {
      const { ret, errcode, errmsg } = fault;
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          ...(ret !== undefined && { ret }),
          ...(errcode !== undefined && { errcode }),
          ...(errmsg !== undefined && { errmsg }),
        }),
      );
      return;
    }
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) + 1 });
      response.write(text.slice(0, text.length >> 1), () => response.destroy());
      return;
    case 'drop':
      response.destroy();
      return;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in to the network</html>');
      return;
    case 'hang':
    case 'duplicate':
    case 'reorder':
    case 'no-id':
      return;
  }
}

function takeFault(world: World, endpoint: IlinkEndpoint): IlinkFault | undefined {
  return world.faults.get(endpoint)?.shift();
}

function endpointOf(path: string): IlinkEndpoint | undefined {
  const name = path.replace(/^\/ilink\/bot\/(?:msg\/)?/, '').replace(/^\/c2c\//, '');
  return ilinkEndpoints.find((one) => one === name);
}

async function readRaw(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) throw new RangeError('The body is larger than any the service takes.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
