import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkStream } from './check-stream.ts';
import { readEvents, setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp({ maxConcurrent: 4, maxQueued: 12 });
});
afterAll(() => world[Symbol.asyncDispose]());

interface Load {
  readonly active_turns: number;
  readonly queued: number;
  readonly max_concurrent: number;
}
const load = async (baseUrl = world.server.baseUrl) => ((await (await fetch(`${baseUrl}/health`)).json()) as { load: Load }).load;
/** Asks until it holds; the time limit is the test's. */
const until = async (holds: (now: Load) => boolean) => {
  while (!holds(await load()));
};
const answerTo = async (answer: Response) =>
  ((await answer.json()) as { output: { content: { text: string }[] }[] }).output[0]?.content[0]?.text;

describe('many at once', () => {
  it('16 requests on 4 turns are all answered, each with its own answer', async () => {
    const names = Array.from({ length: 16 }, (_, n) => `number ${n}`);
    const answers = await Promise.all(
      names.map(async (name, n) => {
        const answer = await world.post('/responses', { input: `[[say: I am ${name}]]`, stream: n % 2 === 0 });
        expect(answer.status).toBe(200);
        if (n % 2 === 1) return await answerTo(answer);
        const last = checkStream(await readEvents(answer)) as { output: { content: { text: string }[] }[] };
        return last.output[0]?.content[0]?.text;
      }),
    );
    expect(answers).toEqual(names.map((name) => `I am ${name}`));
    await until((now) => now.active_turns === 0);
  });

  it('beyond the queue: 429 at once, with a time to come back; nobody is lost', async () => {
    const held = Array.from({ length: 16 }, () => world.post('/responses', { input: '[[gate: full]] [[say: done]]' }));
    await until((now) => now.active_turns === 4 && now.queued === 12);
    const refused = await world.post('/responses', { input: 'one more' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await refused.json()).toMatchObject({ error: { code: 'server_busy', type: 'rate_limit_error' } });
    world.model.release('full');
    expect(await Promise.all(held.map(async (each) => answerTo(await each)))).toEqual(held.map(() => 'done'));
  });

  it('who waits too long is told so', async () => {
    const server = await world.another({ maxConcurrent: 1, queueTimeoutMs: 20 });
    const send = (input: string) =>
      fetch(`${server.baseUrl}/responses`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ input }),
      });
    const first = send('[[gate: long]] [[say: done]]');
    await world.model.reached('long');
    expect((await send('second')).status).toBe(429);
    world.model.release('long');
    expect((await first).status).toBe(200);
  });
});

describe('a caller that goes away', () => {
  it.each([false, true])('ends its turn (stream: %s)', async (stream) => {
    const gate = `gone-${stream}`;
    const leaving = new AbortController();
    const init = { signal: leaving.signal };
    const answer = world.post('/responses', { input: `[[hold: ${gate} | half | rest]]`, stream }, init).then((got) => got.text());
    await world.model.reached(gate);
    expect((await load()).active_turns).toBe(1);
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await until((now) => now.active_turns === 0);
  });

  it('leaves the queue', async () => {
    const held = Array.from({ length: 4 }, () => world.post('/responses', { input: '[[gate: queue]] [[say: done]]' }));
    await until((now) => now.active_turns === 4);
    const leaving = new AbortController();
    const waiting = world.post('/responses', { input: '[[say: never]]' }, { signal: leaving.signal });
    await until((now) => now.queued === 1);
    leaving.abort();
    await expect(waiting).rejects.toThrow();
    await until((now) => now.queued === 0);
    world.model.release('queue');
    for (const each of held) expect((await each).status).toBe(200);
    expect(world.model.requests.some(({ lastUserText }) => lastUserText.includes('never'))).toBe(false);
  });

  it('at any moment, and the next one finds the server as it was', async () => {
    for (let waitMs = 0; waitMs <= 40; waitMs += 4) {
      const sent = world.post('/responses', { input: '[[say: x]]', stream: true }, { signal: AbortSignal.timeout(waitMs) });
      await sent.then((answer) => answer.text()).catch(() => {});
    }
    await until((now) => now.active_turns === 0 && now.queued === 0);
    expect(await answerTo(await world.post('/responses', { input: '[[say: still here]]' }))).toBe('still here');
  });
});

it('a hundred and fifty requests leave nothing behind', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(warning.message);
  process.on('warning', note);
  const rest = Array.from({ length: 150 }, (_, n) => n);
  const work = async () => {
    for (let n = rest.pop(); n !== undefined; n = rest.pop()) {
      const answer = await world.post('/responses', { input: `[[say: I am ${n}]]`, store: false });
      expect(await answerTo(answer)).toBe(`I am ${n}`);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  process.off('warning', note);
  expect(warnings).toEqual([]);
  expect(await load()).toMatchObject({ active_turns: 0, queued: 0 });
  expect((await world.runner.capabilities.history.list({})).threads).toEqual([]);
});

describe('the death of app-server', () => {
  it('fails the running turn with 502; the next request finds a new one', async () => {
    const answer = world.post('/responses', { input: '[[gate: death]] [[say: never]]' });
    await world.model.reached('death');
    process.kill(world.pids.at(-1) ?? 0, 'SIGKILL');
    const failed = await answer;
    expect([failed.status, failed.headers.get('x-should-retry')]).toEqual([502, 'false']);
    const before = world.pids.length;
    expect((await world.post('/responses', { input: '[[say: again]]' })).status).toBe(200);
    expect(world.pids.length).toBe(before + 1);
  });

  it('takes with it the turns that wait for tools; their conversations go on', async () => {
    const tool = { type: 'function', name: 'look', parameters: { type: 'object', properties: {} } };
    const first = (await (await world.post('/responses', { input: '[[tool: look]] [[say: seen]]', tools: [tool] })).json()) as {
      id: string;
      output: { call_id: string }[];
    };
    process.kill(world.pids.at(-1) ?? 0, 'SIGKILL');
    const input = [{ type: 'function_call_output', call_id: first.output[0]?.call_id, output: 'a hill' }];
    const second = await world.post('/responses', { input, tools: [tool], previous_response_id: first.id });
    expect([second.status, await answerTo(second)]).toEqual([200, 'seen']);
  });

  it('a program that is not there: 503, and health says so', async () => {
    const { createCodexRunner } = await import('@threadbridge/codex-runner');
    await using runner = createCodexRunner({ bin: '/nowhere/codex', codexHome: world.home, env: {} });
    await using other = await setUp({ wrap: () => runner });
    const answer = await other.post('/responses', { input: 'x' });
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([503, true]);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'native_runtime_unavailable', type: 'service_unavailable_error' } });
    expect(text).not.toContain('/nowhere');
    const health = await fetch(`${other.server.baseUrl}/health`);
    expect([health.status, await health.json()]).toMatchObject([
      503,
      { status: 'unavailable', native_runtime: { runtime_reachable: false } },
    ]);
    expect((await fetch(`${other.server.baseUrl}/models`)).status).toBe(503);
  });
});

describe('stopping', () => {
  it('lets running answers end, takes no new ones, and frees the port', async () => {
    const server = await world.another({});
    const send = (input: string) =>
      fetch(`${server.baseUrl}/responses`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ input, stream: true }),
      });
    const running = send('[[hold: drain | first | last]]');
    await world.model.reached('drain');
    const stopping = server.stop({ graceMs: 20_000 });
    await expect(send('new')).rejects.toThrow();
    world.model.release('drain');
    expect(checkStream(await readEvents(await running))).toMatchObject({ status: 'completed' });
    await stopping;
    await expect(fetch(`${server.baseUrl}/health`)).rejects.toThrow();
  });

  it('interrupts what does not end in time, and says so', async () => {
    const server = await world.another({});
    const running = await fetch(`${server.baseUrl}/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: '[[hold: never | first | last]]', stream: true }),
    });
    await world.model.reached('never');
    const events = readEvents(running);
    await server.stop({ graceMs: 0 });
    expect(checkStream(await events)).toMatchObject({ status: 'failed', error: { code: 'native_runtime_unavailable' } });
  });
});

it('counts what it does, without ids and texts', async () => {
  const text = await (await fetch(`${world.server.baseUrl.replace('/v1', '')}/metrics`)).text();
  for (const name of [
    'native_api_requests_total{route="/v1/responses",method="POST",status="200"}',
    'native_api_request_duration_seconds_bucket{route="/v1/responses",le="+Inf"}',
    'native_api_time_to_first_delta_seconds_count{route="/v1/responses"}',
    'native_api_active_turns 0',
    'native_api_queued_requests 0',
    'native_api_turns_total{outcome="completed"}',
    'native_api_turns_total{outcome="interrupted"}',
    'native_api_turns_total{outcome="lost"}',
    'native_api_tokens_total{kind="input"}',
    'native_api_client_disconnects_total',
    'native_api_continuations_total{result="resumed"}',
    'native_api_runtime_up 1',
    'native_api_app_server_restarts_total 1',
  ]) {
    expect(text).toContain(name);
  }
  expect(text).not.toMatch(/resp_|gone-|acct_/);
});
