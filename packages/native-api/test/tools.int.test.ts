import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkStream, typesOf } from './check-stream.ts';
import { response } from './schemas.ts';
import { readEvents, setUp, type World } from './set-up.ts';
import { parameters, toolRules } from './tool-rules.ts';

let world: World;
beforeAll(async () => {
  world = await setUp({ rules: toolRules });
});
afterAll(() => world[Symbol.asyncDispose]());

const tool = { type: 'function', name: 'weather', description: 'The weather of a city', parameters, strict: null } as const;
type Answer = OpenAI.Responses.Response;

const ask = (input: string, more: object = {}) => world.client.responses.create({ input, tools: [tool], ...more });
const callsOf = (answer: Answer) => answer.output.flatMap((item) => (item.type === 'function_call' ? [item] : []));
const outputsFor = (answer: Answer, text = 'sunny') =>
  callsOf(answer).map(({ call_id, arguments: given }) => ({
    type: 'function_call_output' as const,
    call_id,
    output: `${text} in ${JSON.parse(given).city}`,
  }));
const load = async () =>
  ((await (await fetch(`${world.server.baseUrl}/health`)).json()) as { load: Record<string, number> }).load;

describe('a function call', () => {
  it('ends the answer, and its output goes on with the same turn', async () => {
    const turns = world.model.requests.length;
    const first = await ask('weather please');
    const { output_text: _, ...body } = first;
    expect(response.parse(body)).toMatchObject({ status: 'completed', output: [{ type: 'function_call', name: 'weather' }] });
    expect(first.tools).toEqual([tool]);
    expect(await load()).toMatchObject({ active_turns: 0, parked_turns: 1 });
    const second = await ask(outputsFor(first) as never, { previous_response_id: first.id });
    expect(second.output_text).toBe('It is sunny in Bern.');
    expect(second).toMatchObject({
      native_api: {
        response_mapping: {
          native_turn_id: (first as unknown as { native_api: { response_mapping: { native_turn_id: string } } }).native_api
            .response_mapping.native_turn_id,
        },
      },
    });
    expect(world.model.requests).toHaveLength(turns + 2);
    expect(await load()).toMatchObject({ parked_turns: 0 });
  });

  it('is counted for itself: each answer tells its own tokens', async () => {
    const first = await ask('weather please');
    const second = await ask(outputsFor(first) as never, { previous_response_id: first.id });
    const plain = await world.client.responses.create({ input: '[[say: It is sunny in Bern.]]' });
    expect(first.usage?.output_tokens).toBeGreaterThan(0);
    expect(second.usage?.output_tokens).toBe(plain.usage?.output_tokens);
    expect(second.usage?.input_tokens).toBeLessThan((first.usage?.input_tokens ?? 0) * 1.5);
  });

  it('comes with its parallel ones, and streams', async () => {
    const events = await readEvents(await world.post('/responses', { input: 'weather in two', tools: [tool], stream: true }));
    const last = checkStream(events);
    expect(typesOf(events).slice(2, -1)).toEqual(
      Array.from({ length: 2 }, () => [
        'response.output_item.added',
        'response.function_call_arguments.delta',
        'response.function_call_arguments.done',
        'response.output_item.done',
      ]).flat(),
    );
    const answer = last as unknown as Answer;
    const next = await readEvents(
      await world.post('/responses', {
        input: outputsFor(answer).toReversed(),
        tools: [tool],
        previous_response_id: answer.id,
        stream: true,
      }),
    );
    expect(checkStream(next)).toMatchObject({
      output: [{ content: [{ text: expect.stringMatching(/^It is sunny in (Bern|Oslo) and sunny in (Bern|Oslo)\.$/) }] }],
    });
  });

  it('comes alone where the caller wants no parallel ones', async () => {
    const options = { parallel_tool_calls: false };
    const first = await ask('weather in two', options);
    expect(callsOf(first)).toHaveLength(1);
    const second = await ask(outputsFor(first) as never, { ...options, previous_response_id: first.id });
    expect(callsOf(second)).toHaveLength(1);
    expect(callsOf(second)[0]?.call_id).not.toBe(callsOf(first)[0]?.call_id);
    const third = await ask(outputsFor(second) as never, { ...options, previous_response_id: second.id });
    expect(third.output_text).toMatch(/^It is sunny in (Bern|Oslo) and sunny in (Bern|Oslo)\.$/);
  });

  it('may follow another in one turn', async () => {
    let answer = await ask('weather twice');
    for (let round = 0; round < 2; round++) answer = await ask(outputsFor(answer) as never, { previous_response_id: answer.id });
    expect(answer.output_text).toBe('It is sunny in Bern, then sunny in Oslo.');
  });

  it('goes on where the caller sends everything again', async () => {
    const options = { store: false };
    const first = await ask('weather please', options);
    const turns = world.model.requests.length;
    const input = [{ role: 'user', content: 'weather please' }, ...first.output, ...outputsFor(first)];
    const second = await ask(input as never, options);
    expect(second.output_text).toBe('It is sunny in Bern.');
    // The script goes on by its own call, which only the same turn holds.
    expect(world.model.requests.at(-1)?.outputs).toHaveLength(1);
    expect(world.model.requests).toHaveLength(turns + 1);
  });

  it('can be answered twice: a branch tells the conversation anew', async () => {
    const first = await ask('weather please');
    const options = { previous_response_id: first.id };
    const sun = await ask(outputsFor(first) as never, options);
    const rain = await ask(outputsFor(first, 'rainy') as never, options);
    expect([sun.output_text, rain.output_text]).toEqual(['It is sunny in Bern.', 'It is rainy in Bern.']);
  });

  it('can be answered together with new words', async () => {
    const first = await ask('weather please');
    const input = [...outputsFor(first), { role: 'user', content: '[[say: all heard]]' }];
    const second = await ask(input as never, { previous_response_id: first.id });
    expect(second.output_text).toBe('all heard');
  });

  it('outlives its turn: after the time limit the conversation is told anew', async () => {
    const other = await world.another({ toolTimeoutMs: 20 });
    const send = async (body: object): Promise<Answer> => {
      const answer = await fetch(`${other.baseUrl}/responses`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tools: [tool], ...body }),
      });
      return (await answer.json()) as Answer;
    };
    const first = await send({ input: 'weather please' });
    for (;;) {
      const { load: now } = (await (await fetch(`${other.baseUrl}/health`)).json()) as { load: { parked_turns: number } };
      if (now.parked_turns === 0) break;
    }
    const second = await send({ input: outputsFor(first), previous_response_id: first.id });
    expect(second).toMatchObject({ status: 'completed', output: [{ content: [{ text: 'It is sunny in Bern.' }] }] });
  });

  it('wants an output of its own, and every one of them', async () => {
    const first = await ask('weather in two');
    const [one] = outputsFor(first);
    const send = (input: unknown) => ask(input as never, { previous_response_id: first.id });
    await expect(send([one])).rejects.toMatchObject({ status: 400, param: 'input' });
    await expect(send('just go on')).rejects.toMatchObject({ status: 400, message: expect.stringContaining('No tool output') });
    await expect(send([...outputsFor(first), { ...one, call_id: 'call_x' }])).rejects.toMatchObject({ status: 400 });
    expect((await send(outputsFor(first))).output_text).toMatch(/^It is sunny/);
  });
});

describe('tools', () => {
  it('are hidden from the model by the choice none', async () => {
    const answer = await ask('weather please', { tool_choice: 'none' });
    expect(answer).toMatchObject({ tool_choice: 'none', tools: [tool] });
    expect(callsOf(answer)).toEqual([]);
    expect(world.model.requests.at(-1)?.tools.find('weather')).toBeUndefined();
  });

  it.each([
    ['a hosted one', { tools: [{ type: 'web_search' }] }, 'tools[0].type', 'unsupported_responses_tooling'],
    ['a forced choice', { tools: [tool], tool_choice: 'required' }, 'tool_choice', 'unsupported_responses_tooling'],
    [
      'a named choice',
      { tools: [tool], tool_choice: { type: 'function', name: 'weather' } },
      'tool_choice',
      'unsupported_responses_tooling',
    ],
    ['two of one name', { tools: [tool, tool] }, 'tools', 'invalid_value'],
    ['one without a name', { tools: [{ type: 'function' }] }, 'tools[0].name', 'missing_required_parameter'],
  ])('%s is refused', async (_, body, param, code) => {
    await expect(world.client.responses.create({ input: 'x', ...(body as object) })).rejects.toMatchObject({
      status: 400,
      param,
      code,
    });
  });

  it("may have the names of Codex's own", async () => {
    const patch = { ...tool, name: 'apply_patch' };
    const first = await world.client.responses.create({
      input: '[[tool: caller_apply_patch | {"city":"Bern"}]] [[say: ok]]',
      tools: [patch],
    });
    expect(callsOf(first)).toMatchObject([{ name: 'apply_patch' }]);
    const options = { tools: [patch], previous_response_id: first.id };
    const second = await world.client.responses.create({ input: outputsFor(first), ...options });
    expect(second.output_text).toBe('ok');
    await world.client.responses.create({ input: outputsFor(first, 'other'), ...options });
    expect(JSON.stringify(world.model.requests.at(-1)?.body)).toContain('"name":"caller_apply_patch"');
  });

  it('can be switched off by the operator', async () => {
    const other = await world.another({ functionTools: false });
    const send = async (path: string, body: object) =>
      (await (
        await fetch(`${other.baseUrl}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).json()) as object;
    expect(await send('/responses', { input: 'x', tools: [tool] })).toMatchObject({
      error: { code: 'unsupported_responses_tooling', param: 'tools' },
    });
    const chatTool = { type: 'function', function: { name: 'weather', parameters } };
    expect(await send('/chat/completions', { messages: [{ role: 'user', content: 'x' }], tools: [chatTool] })).toMatchObject({
      error: { code: 'unsupported_chat_completions_feature', param: 'tools' },
    });
    expect(await send('/responses', { input: '[[say: ok]]', tools: [], tool_choice: 'none' })).toMatchObject({
      status: 'completed',
    });
    const health = (await (await fetch(`${other.baseUrl}/health`)).json()) as { route_capabilities: object };
    expect(health.route_capabilities).toMatchObject({
      responses: { function_tools: false },
      chat_completions: { tool_calling: false },
    });
  });
});
