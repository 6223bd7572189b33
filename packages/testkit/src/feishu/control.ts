import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../model/read-body.ts';
import { type FeishuFault, type FeishuOperation, feishuOperations } from './fault.ts';
import type { FakeFeishu } from './feishu.ts';

/** What can be typed while the fake runs, with a word on each. */
export const controlWords: Readonly<Record<string, string>> = {
  'say TEXT': 'the owner writes in the private chat',
  'as OPEN_ID TEXT': 'somebody else does',
  'group TEXT': 'the owner addresses the bot in a group',
  'click LABEL': 'the owner presses the latest button with this label',
  'comment TEXT': 'the owner mentions the bot in a comment on a document',
  again: 'the last message is delivered once more',
  recall: 'the last message is taken back',
  'fail OPERATION FAULT': 'the next call there fails: drop, hang, lost, rate, a status, or a code of the platform',
  drop: 'all long connections break',
  deafen: 'the long connections of now stay open and bring nothing',
  expire: 'all tokens die',
  confirm: 'the app that is being registered is confirmed',
};

/** Carries out one typed line. Answers with a word on it; throws where the line makes no sense. */
export async function carryOut(fake: FakeFeishu, line: string): Promise<string> {
  const [, word = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
  switch (word) {
    case 'say':
      return `message ${fake.say(rest).id}`;
    case 'as': {
      const [, from = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
      return `message ${fake.say(text, { from }).id}`;
    }
    case 'group':
      return `message ${fake.say(rest, { chat: fake.addChat('group') }).id}`;
    case 'click':
      return JSON.stringify(await fake.click(rest.trim()));
    case 'comment':
      return JSON.stringify(fake.comment(fake.addDocument({ title: 'Notes', text: 'Some notes.' }), rest, { quote: 'Some' }));
    case 'again':
      fake.redeliver();
      return 'delivered again';
    case 'recall':
      fake.recall();
      return 'recalled';
    case 'fail': {
      const [name = '', fault = ''] = rest.trim().split(/\s+/);
      const operation = feishuOperations.find((one) => one === name);
      if (operation === undefined) throw new Error(`"${name}" is no operation; there are ${feishuOperations.join(', ')}.`);
      fake.fail(operation satisfies FeishuOperation, toFault(fault));
      return `the next ${operation} fails`;
    }
    case 'drop':
      fake.connections.drop();
      return 'dropped';
    case 'deafen':
      fake.connections.deafen();
      return 'deaf';
    case 'expire':
      fake.expireTokens();
      return 'expired';
    case 'confirm':
      fake.registration.confirm();
      return 'confirmed';
    default:
      throw new Error(`"${word}" is no command; there are: ${Object.keys(controlWords).join(' · ')}.`);
  }
}

function toFault(text: string): FeishuFault {
  if (/^\d{3}$/.test(text)) return { type: 'status', status: Number(text) };
  if (/^\d{4,}$/.test(text)) return { type: 'code', code: Number(text) };
  switch (text) {
    case 'drop':
    case 'hang':
    case 'rate':
      return { type: text };
    case 'lost':
      return { type: 'drop', isProcessed: true };
    default:
      throw new Error(`"${text}" is no fault.`);
  }
}

/** `POST /fake/do` with a line as body; `GET /fake/state` tells what was seen so far. */
export async function answerControl(fake: FakeFeishu, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, body: unknown) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.method === 'GET' && request.url === '/fake/state') {
    const { sent, cards, mistakes, refusals } = fake;
    return reply(200, { sent, cards, mistakes, refusals, connections: fake.connections.open });
  }
  // A web page that the person happens to visit must not steer the fake.
  if (request.method !== 'POST' || request.url !== '/fake/do' || request.headers.origin !== undefined)
    return reply(404, { error: 'There is POST /fake/do and GET /fake/state.' });
  const line = (await readBody(request, 1024 * 1024)) ?? '';
  try {
    reply(200, { done: await carryOut(fake, line) });
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}
