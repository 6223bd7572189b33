import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rateLimited, type ScriptedModel, startScriptedModel } from '../src/model/index.ts';

interface SentEvent {
  readonly type: string;
  readonly sequence_number: number;
  readonly [field: string]: unknown;
}

let model: ScriptedModel;
beforeEach(async () => {
  model = await startScriptedModel({ maxBodyBytes: 10_000, headers: { 'x-codex-primary-used-percent': '42' } });
});
afterEach(() => model.close());

const exec = { type: 'function', name: 'exec_command', parameters: { type: 'object', properties: { cmd: {} } } };
function ask(prompt: string, extra: object = {}) {
  const body = { model: 'm', stream: true, input: [{ role: 'user', content: prompt }], ...extra };
  return fetch(`${model.url}/responses`, { method: 'POST', body: JSON.stringify(body) });
}
async function eventsOf(response: Response): Promise<readonly SentEvent[]> {
  return (await response.text())
    .split('\n\n')
    .filter(Boolean)
    .map((frame) => {
      const [, name, data = ''] = /^event: (\S+)\ndata: (.+)$/.exec(frame) ?? [];
      const event = JSON.parse(data) as SentEvent;
      expect(event.type).toBe(name);
      return event;
    });
}

describe('a streamed answer', () => {
  it('comes as the events of the Responses API, in their order', async () => {
    const response = await ask('[[say: hi]]');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-codex-primary-used-percent')).toBe('42');
    const events = await eventsOf(response);
    expect(events.map((event) => event.type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(events.at(-1)?.response).toMatchObject({
      status: 'completed',
      output: [{ type: 'message', phase: 'final_answer', content: [{ type: 'output_text', text: 'hi' }] }],
      usage: { output_tokens: 1 },
    });
  });

  it('joins to the same text in deltas, part, item and response', async () => {
    const text = '长 '.repeat(100).trim();
    const events = await eventsOf(await ask(`[[say: ${text}]]`));
    const deltas = events.filter((event) => event.type === 'response.output_text.delta');
    expect(deltas.length).toBeGreaterThan(5);
    expect(deltas.map((event) => event.delta).join('')).toBe(text);
    expect(events.find((event) => event.type === 'response.output_text.done')?.text).toBe(text);
  });

  it('says before a call what it does, calls, and ends the response there', async () => {
    const events = await eventsOf(await ask('[[think: hm]] [[say: first]] [[run: ls]] [[say: last]]', { tools: [exec] }));
    expect(events.at(-1)?.response).toMatchObject({
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
        { type: 'message', phase: 'commentary' },
        { type: 'function_call', name: 'exec_command', arguments: '{"cmd":"ls"}' },
      ],
    });
  });

  it('goes on behind the call when its output comes back, whichever server made the call', async () => {
    const called = await eventsOf(await ask('[[run: ls]] [[say: last]]', { tools: [exec] }));
    const call = called.find((event) => event.type === 'response.output_item.done')?.item as { call_id: string };
    await using other = await startScriptedModel();
    const input = [
      { role: 'user', content: '[[run: ls]] [[say: last]]' },
      call,
      { type: 'function_call_output', call_id: call.call_id, output: 'ok' },
    ];
    const response = await fetch(`${other.url}/responses`, {
      method: 'POST',
      body: JSON.stringify({ model: 'm', stream: true, input, tools: [exec] }),
    });
    expect((await eventsOf(response)).at(-1)?.response).toMatchObject({ output: [{ content: [{ text: 'last' }] }] });
    expect(other.problems).toEqual([]);
  });

  it('says so and goes on when no tool for a step is offered', async () => {
    const events = await eventsOf(await ask('[[run: ls]] [[say: last]]'));
    expect(events.at(-1)?.response).toMatchObject({
      output: [
        { content: [{ text: '(No tool offered in this request can do this step: command.)' }] },
        { content: [{ text: 'last' }] },
      ],
    });
  });
});

describe('a failure', () => {
  it('is an HTTP status when nothing was said before', async () => {
    const response = await ask('[[fail: 503 retry-after=7]]');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ error: { code: 'server_is_overloaded' } });
  });

  it('is a failed response when something was', async () => {
    const events = await eventsOf(await ask('[[say: a]] [[fail: 500]]'));
    expect(events.slice(-2).map((event) => event.type)).toEqual(['error', 'response.failed']);
    expect(events.at(-1)?.response).toMatchObject({ status: 'failed', error: { code: 'server_error' } });
  });

  it('happens as often as asked for at one point of one thread', async () => {
    const statuses = async (thread: string) => {
      const send = () => ask('[[fail: 500 x2]] [[say: a]]', { client_metadata: { thread_id: thread } });
      return [await send(), await send(), await send()].map((response) => response.status);
    };
    expect(await statuses('one')).toEqual([500, 500, 200]);
    expect(await statuses('two')).toEqual([500, 500, 200]);
  });

  it('cuts the stream in the middle, after what was said', async () => {
    const response = await ask('[[say: a]] [[cut]]');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    const readAll = async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) seen += part.value;
    };
    await expect(readAll()).rejects.toThrow('terminated');
    expect(seen).toContain('response.output_text.done');
  });

  it('ends the stream without saying that it is complete', async () => {
    const events = await eventsOf(await ask('[[say: a]] [[end]]'));
    expect(events.at(-1)?.type).toBe('response.output_item.done');
  });

  it('leaves the answer incomplete', async () => {
    const events = await eventsOf(await ask('[[say: a]] [[incomplete: content_filter]]'));
    expect(events.at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
    });
  });
});

describe('rules', () => {
  it('come before the built-in words', async () => {
    await using ruled = await startScriptedModel({
      rules: [
        { when: /^limit/g, reply: [rateLimited({ retryAfterS: 1 })] },
        { when: (request) => request.userTexts.length === 2, reply: (request) => [{ type: 'text', text: request.model }] },
        {
          when: /^boom/,
          reply: () => {
            throw new Error('broken rule');
          },
        },
      ],
      builtIn: false,
    });
    const send = async (...prompts: readonly string[]) => {
      const input = prompts.map((content) => ({ role: 'user', content }));
      return await fetch(`${ruled.url}/responses`, {
        method: 'POST',
        body: JSON.stringify({ model: 'm', stream: true, input }),
      });
    };
    expect((await send('limit')).headers.get('retry-after')).toBe('1');
    expect((await send('limit')).status).toBe(429);
    expect((await eventsOf(await send('a', 'b'))).at(-1)?.response).toMatchObject({ output: [{ content: [{ text: 'm' }] }] });
    expect((await send('boom')).status).toBe(500);
    expect((await send('other')).status).toBe(400);
    expect(ruled.problems).toEqual([
      'POST /v1/responses: a rule of the script threw: Error: broken rule',
      'POST /v1/responses: no rule of the scripted model applies to the last user message',
    ]);
  });
});

it('types at the pace of its clock', async () => {
  const pauses: number[] = [];
  const clock = { now: () => 5_000, sleep: async (ms: number) => void pauses.push(ms) };
  await using slow = await startScriptedModel({ clock, chunkDelayMs: 30 });
  const body = { model: 'm', stream: true, input: `[[say: ${'x'.repeat(72)}]] [[pause: 7]]` };
  const events = await eventsOf(await fetch(`${slow.url}/responses`, { method: 'POST', body: JSON.stringify(body) }));
  expect(pauses).toEqual([30, 30, 7]);
  expect(events.at(-1)?.response).toMatchObject({ created_at: 5, completed_at: 5 });
  expect(slow.requests[0]?.at).toBe(5_000);
});

describe('the server', () => {
  it('lists its models', async () => {
    const list = await (await fetch(`${model.url}/models`)).json();
    expect(list).toMatchObject({ object: 'list', data: [{ id: 'gpt-5.5', object: 'model' }] });
  });

  it('records what it answers and what it refuses', async () => {
    await ask('hello');
    await fetch(`${model.url}/chat/completions?x=1`, { method: 'POST', body: '{}' });
    expect(model.requests.map(({ method, path, lastUserText }) => [method, path, lastUserText])).toEqual([
      ['POST', '/v1/responses', 'hello'],
      ['POST', '/v1/chat/completions?x=1', ''],
    ]);
    expect(model.problems).toEqual(['POST /v1/chat/completions?x=1: the scripted model has no such route']);
  });

  it.each([
    ['a body that is no JSON', 'nonsense', 400],
    ['an empty body', '', 400],
    ['a request without a stream', '{"model":"m","input":"x"}', 400],
    ['a body over the limit', JSON.stringify({ model: 'm', stream: true, input: 'x'.repeat(10_000) }), 413],
  ])('refuses %s and notes it', async (_, body, status) => {
    const response = await fetch(`${model.url}/responses`, { method: 'POST', body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
    expect(model.problems).toHaveLength(1);
  });

  it('ends open and idle connections at once when closed, and lets the port go', async () => {
    const port = Number(new URL(model.url).port);
    const idle = connect(port, '127.0.0.1');
    const idleClosed = new Promise<void>((resolve) => idle.once('close', () => resolve()));
    idle.on('error', () => {});
    const standing = ask('[[gate: shut]]');
    const silent = ask('[[silence]]');
    await model.reached('shut');
    const bodies = [(await standing).text(), (await silent).text()].map((body) => body.catch(() => 'cut off'));
    await model.close();
    await model.close();
    expect(await Promise.all(bodies)).toEqual(['cut off', 'cut off']);
    await idleClosed;
    await using next = await startScriptedModel({ port });
    expect(next.url).toBe(model.url);
  });

  it('rejects when the port is taken', async () => {
    await expect(startScriptedModel({ port: Number(new URL(model.url).port) })).rejects.toThrow('EADDRINUSE');
  });
});
