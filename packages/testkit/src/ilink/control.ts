import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { readBody } from '../model/read-body.ts';
import { type IlinkFault, ilinkEndpoints } from './fault.ts';
import type { FakeIlink, InboundFile } from './ilink.ts';
import { toWireJson } from './wire-json.ts';

/** What can be typed while the fake runs, with a word on each. */
export const controlWords: Readonly<Record<string, string>> = {
  'say TEXT': 'the owner writes',
  'as USER TEXT': 'somebody else writes; USER is a full id, …@im.wechat',
  'send PATH [PATH…]': 'the owner sends files; pictures by their ending',
  again: 'the last message is delivered once more',
  scan: 'the last QR code is scanned',
  'number DIGITS': 'the phone shows a number that must be typed on the other side',
  confirm: 'the login is confirmed',
  expire: 'the last QR code expires',
  bound: 'the bot is bound already',
  'fail ENDPOINT FAULT':
    'the next request there fails: drop, cut, hang, garbage, duplicate, reorder, no-id, a status, or a negative ret',
  logout: 'the session ends: -14 from now on',
};

/** Carries out one typed line. Answers with a word on it; throws where the line makes no sense. */
export async function command(fake: FakeIlink, line: string): Promise<string> {
  const [, word = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
  switch (word) {
    case 'say':
      return `message ${fake.say(rest).message_id}`;
    case 'as': {
      const [, from = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
      return `message ${fake.say(text, { from }).message_id}`;
    }
    case 'send':
      return `message ${fake.sayFiles(await Promise.all(rest.split(/\s+/).map(readInbound))).message_id}`;
    case 'again':
      fake.redeliver();
      return 'delivered again';
    case 'scan':
      fake.phone.scan();
      return 'scanned';
    case 'number':
      fake.phone.showNumber(rest.trim());
      return 'the number is shown';
    case 'confirm':
      fake.phone.confirm();
      return 'confirmed';
    case 'expire':
      fake.phone.expire();
      return 'expired';
    case 'bound':
      fake.phone.alreadyBound();
      return 'already bound';
    case 'fail': {
      const [name = '', fault = ''] = rest.trim().split(/\s+/);
      const endpoint = ilinkEndpoints.find((one) => one === name);
      if (endpoint === undefined) throw new Error(`"${name}" is no endpoint; there are ${ilinkEndpoints.join(', ')}.`);
      fake.fail(endpoint, toFault(fault));
      return `the next ${endpoint} fails`;
    }
    case 'logout':
      fake.expireSession();
      return 'logged out';
    default:
      throw new Error(`"${word}" is no command; there are: ${Object.keys(controlWords).join(' · ')}.`);
  }
}

function toFault(text: string): IlinkFault {
  if (/^\d{3}$/.test(text)) return { type: 'status', status: Number(text) };
  if (/^-\d+$/.test(text)) return { type: 'refuse', ret: Number(text) };
  switch (text) {
    case 'drop':
    case 'cut':
    case 'hang':
    case 'garbage':
    case 'duplicate':
    case 'reorder':
    case 'no-id':
      return { type: text };
    default:
      throw new Error(`"${text}" is no fault.`);
  }
}

async function readInbound(path: string): Promise<InboundFile> {
  const kind = /\.(?:png|jpe?g|gif|webp)$/i.test(path) ? 'image' : /\.(?:mp4|mov)$/i.test(path) ? 'video' : 'file';
  return { kind, name: basename(path), bytes: await readFile(path) };
}

/** `POST /fake/do` with a line as body; `GET /fake/state` tells what was seen so far. */
export async function answerControl(fake: FakeIlink, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, body: unknown) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(toWireJson(body));
  if (request.method === 'GET' && request.url === '/fake/state') return reply(200, stateOf(fake));
  // A web page that the person happens to visit must not steer the fake.
  if (request.method !== 'POST' || request.url !== '/fake/do' || request.headers.origin !== undefined)
    return reply(404, { error: 'There is POST /fake/do and GET /fake/state.' });
  const line = (await readBody(request, 1024 * 1024)) ?? '';
  try {
    reply(200, { done: await command(fake, line) });
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function stateOf(fake: FakeIlink): unknown {
  const sent = fake.sent.map(({ media, id, ...one }) => ({
    ...one,
    id: String(id),
    ...(media !== undefined && { media: { kind: media.kind, name: media.name, sizeBytes: media.bytes.length } }),
  }));
  return {
    sent,
    mistakes: fake.mistakes,
    refusals: fake.refusals,
    isTyping: fake.isTyping(),
    isOnline: fake.isOnline,
    polls: fake.polls,
  };
}
