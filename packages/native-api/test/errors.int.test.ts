import { request as httpRequest } from 'node:http';
import type { AccountInfo } from '@threadbridge/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkStream, typesOf } from './check-stream.ts';
import { errorBody } from './schemas.ts';
import { pixel, readEvents, setUp, type World } from './set-up.ts';

let world: World;
let account: AccountInfo = { login: 'ok', id: 'acct_one', plan: 'plus' };
beforeAll(async () => {
  world = await setUp({
    token: 'secret-token',
    maxBodyBytes: 200_000,
    wrap: (runner) => ({
      ...runner,
      capabilities: { ...runner.capabilities, account: { ...runner.capabilities.account, read: async () => account } },
      start: runner.start,
      check: runner.check,
      [Symbol.asyncDispose]: async () => {},
    }),
    rules: [
      {
        when: /plain 400/,
        reply: [
          {
            type: 'httpError',
            status: 400,
            body: {
              error: {
                message: 'Bad schema.',
                type: 'invalid_request_error',
                param: 'text.format.schema',
                code: 'invalid_json_schema',
              },
            },
          },
        ],
      },
      { when: /policy/, reply: [{ type: 'failed', code: 'cyber_policy', message: 'Not allowed.' }] },
    ],
  });
});
afterAll(() => world[Symbol.asyncDispose]());

const auth = { authorization: 'Bearer secret-token', 'content-type': 'application/json' };
interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly error: { readonly message: string; readonly type: string; readonly param: string | null; readonly code: string };
}
async function send(path: string, body: unknown, init: RequestInit = {}): Promise<Refusal> {
  const answer = await fetch(`${world.server.baseUrl}${path}`, {
    method: 'POST',
    headers: auth,
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
    ...init,
  });
  const json = (await answer.json()) as object;
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{16,}$/);
  return { status: answer.status, headers: answer.headers, error: errorBody.parse(json).error };
}
const turns = () => world.model.requests.length;

/** Refused before any turn, and the same where a stream was asked for. */
async function refused(
  path: string,
  body: object,
  status: number,
  code: string,
  param: string | null,
  type = 'invalid_request_error',
) {
  const before = turns();
  for (const stream of [false, true]) {
    const answer = await send(path, { stream, ...body });
    expect({ status: answer.status, ...answer.error }).toMatchObject({ status, code, param, type });
  }
  expect(turns()).toBe(before);
}

const message = { role: 'user', content: 'x' };
const image = (image_url: unknown) => ({ input: [{ role: 'user', content: [{ type: 'input_image', image_url }] }] });
const part = (type: string) => ({ input: [{ role: 'user', content: [{ type }] }] });
const format = (value: unknown) => ({ input: 'x', text: { format: value } });
const schema = (value: object, strict = true) => format({ type: 'json_schema', name: 'a', strict, schema: value });

describe('a Responses request that will not do', () => {
  it.each<readonly [string, object, string, string]>([
    ['no input', {}, 'missing_required_parameter', 'input'],
    ['an empty input', { input: '' }, 'empty_string', 'input'],
    ['an empty list', { input: [] }, 'empty_array', 'input'],
    ['a number as input', { input: 3 }, 'invalid_type', 'input'],
    ['a text among the items', { input: ['x'] }, 'invalid_type', 'input[0]'],
    ['an unknown role', { input: [{ role: 'king', content: 'x' }] }, 'invalid_value', 'input[0].role'],
    ['an unknown item', { input: [{ type: 'wish' }] }, 'invalid_value', 'input[0].type'],
    ['an unknown reference', { input: [{ type: 'item_reference', id: 'msg_1' }] }, 'invalid_value', 'input[0].id'],
    [
      'an output without a call',
      { input: [{ type: 'function_call_output', call_id: 'c', output: 'x' }] },
      'invalid_value',
      'input',
    ],
    ['an unknown part', part('input_dance'), 'invalid_value', 'input[0].content[0].type'],
    ['a file', part('input_file'), 'unsupported_parameter', 'input[0].content[0].type'],
    ['sound', part('input_audio'), 'unsupported_parameter', 'input[0].content[0].type'],
    ['a remote picture', image('https://example.org/a.png'), 'unsupported_parameter', 'input[0].content[0].image_url'],
    ['a picture of another kind', image('data:image/svg+xml;base64,AAAA'), 'invalid_value', 'input[0].content[0].image_url'],
    [
      'a stored file',
      { input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }] },
      'unsupported_parameter',
      'input[0].content[0].file_id',
    ],
    ['a model that is no text', { input: 'x', model: 3 }, 'invalid_type', 'model'],
    ['a stream that is no flag', { input: 'x', stream: 'yes' }, 'invalid_type', 'stream'],
    ['a store that is no flag', { input: 'x', store: 1 }, 'invalid_type', 'store'],
    ['instructions that are no text', { input: 'x', instructions: ['a'] }, 'invalid_type', 'instructions'],
    ['reasoning that is no object', { input: 'x', reasoning: 'high' }, 'invalid_type', 'reasoning'],
    ['an unknown verbosity', { input: 'x', text: { verbosity: 'chatty' } }, 'invalid_value', 'text.verbosity'],
    ['a previous id that is no text', { input: 'x', previous_response_id: 3 }, 'invalid_type', 'previous_response_id'],
    [
      'a conversation beside an id',
      { input: 'x', conversation: 'c', previous_response_id: 'r' },
      'unsupported_parameter',
      'conversation',
    ],
    ['tools that are no list', { input: 'x', tools: {} }, 'invalid_type', 'tools'],
    ['metadata that is no text', { input: 'x', metadata: { a: 1 } }, 'invalid_type', 'metadata.a'],
    ['a long key of metadata', { input: 'x', metadata: { ['a'.repeat(65)]: 'x' } }, 'invalid_value', 'metadata'],
    ['a long value of metadata', { input: 'x', metadata: { a: 'x'.repeat(513) } }, 'invalid_value', 'metadata.a'],
    [
      'too much metadata',
      { input: 'x', metadata: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [n, 'x'])) },
      'invalid_value',
      'metadata',
    ],
    [
      'an unknown task class',
      { input: 'x', metadata: { 'native_api.task_class': 'chat' } },
      'invalid_value',
      'metadata.native_api.task_class',
    ],
    ['an unknown effort', { input: 'x', reasoning: { effort: 'heroic' } }, 'invalid_value', 'reasoning.effort'],
    [
      'an effort of another model',
      { input: 'x', model: 'gpt-5.5', reasoning: { effort: 'ultra' } },
      'invalid_value',
      'reasoning.effort',
    ],
    ['an unknown summary', { input: 'x', reasoning: { summary: 'long' } }, 'invalid_value', 'reasoning.summary'],
    ['a small token limit', { input: 'x', max_output_tokens: 3 }, 'invalid_value', 'max_output_tokens'],
    ['half a token', { input: 'x', max_output_tokens: 16.5 }, 'invalid_type', 'max_output_tokens'],
    ['an unknown truncation', { input: 'x', truncation: 'some' }, 'invalid_value', 'truncation'],
    ['an empty id', { input: 'x', previous_response_id: '' }, 'empty_string', 'previous_response_id'],
    ['plain JSON', format({ type: 'json_object' }), 'unsupported_parameter', 'text.format.type'],
    ['an unknown format', format({ type: 'xml' }), 'invalid_value', 'text.format.type'],
    ['a schema without a name', format({ type: 'json_schema', schema: {} }), 'missing_required_parameter', 'text.format.name'],
    ['a schema of a text', schema({ type: 'string' }), 'invalid_value', 'text.format.schema'],
    ['an open strict schema', schema({ type: 'object', properties: {} }), 'invalid_value', 'text.format.schema'],
    [
      'an optional member of a strict schema',
      schema({ type: 'object', properties: { a: {} }, additionalProperties: false }),
      'invalid_value',
      'text.format.schema',
    ],
    [
      'a map in a schema',
      schema({ type: 'object', properties: { a: { type: 'object', additionalProperties: { type: 'string' } } } }, false),
      'invalid_value',
      'text.format.schema.properties.a',
    ],
    ['temperature', { input: 'x', temperature: 0 }, 'unsupported_parameter', 'temperature'],
    ['top_p', { input: 'x', top_p: 0.5 }, 'unsupported_parameter', 'top_p'],
    ['log probabilities', { input: 'x', top_logprobs: 2 }, 'unsupported_parameter', 'top_logprobs'],
    ['their inclusion', { input: 'x', include: ['message.output_text.logprobs'] }, 'unsupported_parameter', 'include[0]'],
    ['a hint of another type', { input: 'x', service_tier: 3 }, 'invalid_type', 'service_tier'],
    ['a stream option of another type', { input: 'x', stream_options: 'all' }, 'invalid_type', 'stream_options'],
    ['background', { input: 'x', background: true }, 'unsupported_parameter', 'background'],
    ['a conversation', { input: 'x', conversation: 'conv_1' }, 'unsupported_parameter', 'conversation'],
    ['a stored prompt', { input: 'x', prompt: { id: 'p' } }, 'unsupported_parameter', 'prompt'],
    ['a limit of tool calls', { input: 'x', max_tool_calls: 2 }, 'unsupported_parameter', 'max_tool_calls'],
  ])('%s', async (_, body, code, param) => refused('/responses', body, 400, code, param));

  it('a prompt longer than Codex takes', async () => {
    const other = await world.another({});
    const answer = await fetch(`${other.baseUrl}/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'x'.repeat(1_048_577) }),
    });
    expect([answer.status, ((await answer.json()) as Refusal).error.code]).toEqual([400, 'input_too_large']);
  });

  it('an unknown model', async () =>
    refused('/responses', { input: 'x', model: 'gpt-2' }, 404, 'model_not_found', 'model', 'not_found_error'));
});

describe('a chat request that will not do', () => {
  const feature = 'unsupported_chat_completions_feature';
  it.each<readonly [string, object, string, string]>([
    ['no messages', {}, 'missing_required_parameter', 'messages'],
    ['an empty list', { messages: [] }, 'empty_array', 'messages'],
    ['an unknown role', { messages: [{ role: 'king', content: 'x' }] }, 'invalid_value', 'messages[0].role'],
    ['no content', { messages: [{ role: 'user' }] }, 'missing_required_parameter', 'messages[0].content'],
    [
      'sound',
      { messages: [{ role: 'user', content: [{ type: 'input_audio' }] }] },
      'unsupported_parameter',
      'messages[0].content[0].type',
    ],
    [
      'an answer to no call',
      { messages: [message, { role: 'tool', tool_call_id: 'c', content: 'x' }] },
      'invalid_value',
      'messages',
    ],
    ['several answers', { messages: [message], n: 2 }, feature, 'n'],
    ['functions', { messages: [message], functions: [{ name: 'a' }] }, feature, 'functions'],
    ['log probabilities', { messages: [message], logprobs: true }, feature, 'logprobs'],
    ['spoken answers', { messages: [message], modalities: ['text', 'audio'] }, feature, 'modalities'],
    ['web search', { messages: [message], web_search_options: {} }, feature, 'web_search_options'],
    ['prediction', { messages: [message], prediction: { type: 'content', content: 'x' } }, feature, 'prediction'],
    ['plain JSON', { messages: [message], response_format: { type: 'json_object' } }, feature, 'response_format.type'],
    ['a forced tool', { messages: [message], tool_choice: 'required' }, feature, 'tool_choice'],
    ['a custom tool', { messages: [message], tools: [{ type: 'custom', custom: { name: 'a' } }] }, feature, 'tools[0].type'],
    ['an unknown effort', { messages: [message], reasoning_effort: 'heroic' }, 'invalid_value', 'reasoning_effort'],
    ['temperature', { messages: [message], temperature: 0 }, 'unsupported_parameter', 'temperature'],
  ])('%s', async (_, body, code, param) => refused('/chat/completions', body, 400, code, param));
});

describe('a body that is none', () => {
  const parse = async (body: string | Uint8Array) => {
    const { status, error } = await send('/responses', body);
    return [status, error.code];
  };
  it('not JSON, no object, not UTF-8, too deep: 400, and the server lives on', async () => {
    expect(await parse('{"input":')).toEqual([400, 'invalid_json']);
    expect(await parse('')).toEqual([400, 'invalid_json']);
    expect(await parse('[1]')).toEqual([400, 'invalid_type']);
    expect(await parse(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))).toEqual([400, 'invalid_json']);
    expect(await parse(`{"input":${'['.repeat(90_000)}${']'.repeat(90_000)}}`)).toEqual([400, 'invalid_json']);
    expect(await parse('{"__proto__":{"input":"x"},"constructor":1}')).toEqual([400, 'missing_required_parameter']);
    expect((await send('/responses', '{"input":"x","model":"nope"}')).status).toBe(404);
  });

  it('another type, compression: 415', async () => {
    for (const headers of [
      { ...auth, 'content-type': 'text/plain' },
      { ...auth, 'content-type': 'application/x-www-form-urlencoded' },
      { ...auth, 'content-encoding': 'gzip' },
    ]) {
      expect(await send('/responses', '{"input":"x"}', { headers })).toMatchObject({
        status: 415,
        error: { code: 'unsupported_media_type' },
      });
    }
    const headers = { ...auth, 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await send('/responses', '{}', { headers })).error.code).toBe('missing_required_parameter');
  });

  it('too large: 413, announced or not', async () => {
    const large = JSON.stringify({ input: 'x'.repeat(300_000) });
    expect(await send('/responses', large)).toMatchObject({ status: 413, error: { code: 'request_too_large' } });
    const chunked = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large));
        controller.close();
      },
    });
    const init = { body: chunked, duplex: 'half' } as RequestInit;
    expect(await send('/responses', '', init)).toMatchObject({ status: 413, error: { code: 'request_too_large' } });
  });
});

describe('routes', () => {
  const get = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${world.server.baseUrl}${path}`, { headers: auth, ...init });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Refusal };
  };
  it('unknown: 404', async () => {
    for (const path of ['/completions', '/embeddings', '/responses/a/b', '/Responses']) {
      expect(await get(path)).toMatchObject({
        status: 404,
        body: { error: { code: 'route_not_found', type: 'not_found_error' } },
      });
    }
  });
  it('another method: 405 with what is allowed', async () => {
    const answer = await get('/responses');
    expect(answer).toMatchObject({ status: 405, body: { error: { code: 'method_not_allowed' } } });
    expect(answer.headers.get('allow')).toBe('POST');
    expect((await get('/health', { method: 'POST' })).headers.get('allow')).toBe('GET');
  });
  it('known, but absent: 501, and not to be tried again', async () => {
    for (const path of ['/responses/compact', '/responses/input_tokens']) {
      const { status, headers, error } = await send(path, { model: 'gpt-5.5', input: 'x' });
      expect([status, error.code, error.type]).toEqual([501, 'not_implemented', 'not_implemented_error']);
      expect(headers.get('x-should-retry')).toBe('false');
    }
    expect((await send('/responses/compact', {})).error.param).toBe('model');
  });
  it('a WebSocket: refused cleanly', async () => {
    const { hostname, port } = new URL(world.server.baseUrl);
    const status = await new Promise((resolve, reject) => {
      const headers = {
        ...auth,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'eA==',
      };
      httpRequest({ hostname, port, path: '/v1/responses', headers }, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(426);
  });
});

describe('the token', () => {
  it('is wanted on every route, in its header, and before the body is read', async () => {
    const root = world.server.baseUrl.replace('/v1', '');
    for (const path of ['/v1/health', '/v1/models', '/v1/nothing', '/metrics']) {
      const answer = await fetch(root + path);
      expect(answer.status, path).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(errorBody.parse(await answer.json()).error).toMatchObject({
        type: 'authentication_error',
        code: 'invalid_auth_token',
      });
    }
    for (const headers of [
      { authorization: 'Bearer wrong' },
      { authorization: 'Basic secret-token' },
      { 'x-api-key': 'secret-token' },
      { cookie: 'token=secret-token' },
    ]) {
      expect((await fetch(`${root}/v1/health?api_key=secret-token`, { headers })).status).toBe(401);
    }
    expect((await fetch(`${root}/v1/health`, { headers: { authorization: 'bearer secret-token' } })).status).toBe(200);

    const never = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) });
    const init = { method: 'POST', body: never, duplex: 'half', headers: { 'content-type': 'application/json' } } as RequestInit;
    expect((await fetch(`${root}/v1/responses`, init)).status).toBe(401);
  });
});

describe('a turn that fails', () => {
  it.each<readonly [string, number, string, string | null]>([
    ['[[overflow]]', 400, 'context_length_exceeded', null],
    ['plain 400', 400, 'invalid_json_schema', null],
    ['policy', 400, 'content_policy_violation', null],
    ['[[limit]]', 429, 'usage_limit_exceeded', 'false'],
    ['[[fail: 429]]', 429, 'rate_limit_exceeded', null],
    ['[[fail: 503]]', 503, 'server_overloaded', null],
    ['[[fail: 500]]', 502, 'upstream_error', 'false'],
    ['[[cut]]', 502, 'upstream_error', 'false'],
  ])('%s: %i %s', async (input, status, code, retry) => {
    const { headers, error, ...answer } = await send('/responses', { input });
    expect([answer.status, error.code]).toEqual([status, code]);
    expect(headers.get('x-should-retry')).toBe(retry);
    if (status === 429 || status === 503) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(error.message).not.toMatch(/\/tmp|\bat .*:\d+:\d+/);

    const events = await readEvents(
      await fetch(`${world.server.baseUrl}/responses`, {
        method: 'POST',
        headers: auth,
        body: JSON.stringify({ input, stream: true }),
      }),
    );
    const last = checkStream(events);
    expect(last).toMatchObject({ status: 'failed', error: { code } });
    expect(typesOf(events).slice(-2)).toEqual(['error', 'response.failed']);
    expect(events.at(-2)?.data).toMatchObject({ code, error: { code, type: error.type } });
  });

  it('in the middle of a stream closes what is open, and is no answer to a chat', async () => {
    const input = '[[hold: none | half of it | ]]';
    const body = JSON.stringify({ input, stream: true });
    const answer = await fetch(`${world.server.baseUrl}/responses`, { method: 'POST', headers: auth, body });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('output_text.delta')) text += (await reader?.read())?.value ?? '';
    process.kill(world.pids.at(-1) ?? 0, 'SIGKILL');
    for (let more = await reader?.read(); !more?.done; more = await reader?.read()) text += more?.value ?? '';
    const events = await readEvents(new Response(text));
    expect(checkStream(events)).toMatchObject({
      status: 'failed',
      error: { code: 'upstream_error' },
      output: [{ status: 'incomplete' }],
    });
    // It comes back by itself.
    expect((await send('/responses', { input: 'x', model: 'nope' })).status).toBe(404);

    const chat = JSON.stringify({ messages: [{ role: 'user', content: '[[overflow]]' }], stream: true });
    const chatText = await (
      await fetch(`${world.server.baseUrl}/chat/completions`, { method: 'POST', headers: auth, body: chat })
    ).text();
    expect(chatText).toMatch(/data: \{"error":\{"message":.*"code":"context_length_exceeded"\}\}\n\n$/);
    expect(chatText).not.toMatch(/"finish_reason":"/);
    expect(chatText).not.toContain('[DONE]');
  });
});

describe('the login', () => {
  const whole = (body: object) =>
    fetch(`${world.server.baseUrl}/responses`, { method: 'POST', headers: auth, body: JSON.stringify(body) });

  it('missing: 503, also in health; back: all is well', async () => {
    account = { login: 'missing', id: 'acct_none' };
    expect(await send('/responses', { input: 'x' })).toMatchObject({
      status: 503,
      error: { code: 'native_runtime_unavailable' },
    });
    const health = await fetch(`${world.server.baseUrl}/health`, { headers: auth });
    expect([health.status, ((await health.json()) as { native_runtime: { ready: boolean } }).native_runtime.ready]).toEqual([
      503,
      false,
    ]);
    account = { login: 'ok', id: 'acct_one', plan: 'plus' };
    expect((await whole({ input: '[[say: back]]' })).status).toBe(200);
  });

  it('switched: what another login made is not continued, new requests are answered, switching back heals', async () => {
    const { id } = (await (await whole({ input: 'mine' })).json()) as { id: string };
    account = { login: 'ok', id: 'acct_two' };
    const before = turns();
    const mismatch = await send('/responses', { input: 'x', previous_response_id: id });
    expect(mismatch).toMatchObject({
      status: 409,
      error: { code: 'continuation_account_mismatch', type: 'conflict_error', param: 'previous_response_id' },
    });
    expect(mismatch.headers.get('x-should-retry')).toBe('false');
    expect(turns()).toBe(before);
    expect(await (await whole({ input: 'x' })).json()).toMatchObject({
      native_api: { request_target: { account_id: 'acct_two' } },
    });
    account = { login: 'ok', id: 'acct_one', plan: 'plus' };
    expect((await whole({ input: 'x', previous_response_id: id })).status).toBe(200);
  });
});

it('lists what has no effect, and what the operator lets callers drop', async () => {
  const other = await world.another({ dropSampling: true });
  const ask = async (path: string, body: object) =>
    (await (
      await fetch(`${other.baseUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()) as { native_api: { ignored_parameters: string[] }; temperature?: number };
  const answer = await ask('/responses', {
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'x' }] }],
    temperature: 0,
    sparkle: 1,
  });
  expect([answer.temperature, answer.native_api.ignored_parameters]).toEqual([1, ['sparkle', 'temperature']]);
  const chat = await ask('/chat/completions', { messages: [message], top_p: 0.1, seed: 1, user: 'me' });
  expect(chat.native_api.ignored_parameters).toEqual(['top_p']);
  expect(pixel).toContain('base64');
});

it('a task class is shown where it is known', async () => {
  const answer = await fetch(`${world.server.baseUrl}/responses`, {
    method: 'POST',
    headers: auth,
    body: JSON.stringify({ input: 'x', metadata: { 'native_api.task_class': 'normalization' } }),
  });
  expect(await answer.json()).toMatchObject({ native_api: { task_class: 'normalization' } });
});
