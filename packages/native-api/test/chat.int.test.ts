import type OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chatChunk, chatCompletion } from './schemas.ts';
import { pixel, readEvents, setUp, type World } from './set-up.ts';
import { parameters, toolRules } from './tool-rules.ts';

let world: World;
beforeAll(async () => {
  world = await setUp({ rules: [...toolRules, { when: /as json/, reply: [{ type: 'text', text: '{"city":"Bern"}' }] }] });
});
afterAll(() => world[Symbol.asyncDispose]());

type Message = OpenAI.Chat.ChatCompletionMessageParam;
const user = (content: string): Message => ({ role: 'user', content });
const chat = (messages: Message[], more: object = {}) =>
  world.client.chat.completions.create({ model: 'gpt-5.5', messages, ...more }) as Promise<OpenAI.Chat.ChatCompletion>;
const streamOf = async (body: object) => {
  const events = await readEvents(await world.post('/chat/completions', { stream: true, ...body }));
  expect(events.every(({ event }) => event === undefined)).toBe(true);
  return events.map(({ data }) => chatChunk.parse(data));
};

describe('an answer', () => {
  it('has every field, and the words of the model', async () => {
    const answer = await chat([user('[[say: hello]]')]);
    expect(chatCompletion.parse(answer)).toMatchObject({
      choices: [{ message: { content: 'hello' }, finish_reason: 'stop' }],
      native_api: { response_mapping: { chat_completion_id: answer.id } },
    });
    expect(answer.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('streams: role, words, reason, and the usage only where it is asked for', async () => {
    const messages = [user('[[say: hello to all of you out there]]')];
    const plain = await streamOf({ messages });
    expect(plain[0]?.choices).toMatchObject([{ delta: { role: 'assistant', content: '' }, finish_reason: null }]);
    expect(plain.at(-1)?.choices).toMatchObject([{ delta: {}, finish_reason: 'stop' }]);
    expect(plain.every((chunk) => !('usage' in chunk) && chunk.choices.length === 1)).toBe(true);
    expect(plain.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('hello to all of you out there');
    expect(new Set(plain.map(({ id }) => id)).size).toBe(1);

    const counted = await streamOf({ messages, stream_options: { include_usage: true } });
    expect(counted.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
    expect(counted.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  it('ends at a stop sequence that came in pieces', async () => {
    const messages = [user('[[say: one two three four five six seven END eight nine ten eleven]]')];
    const answer = await chat(messages, { stop: ['END', 'never'] });
    expect(answer.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: 'one two three four five six seven ' },
    });
    const chunks = await streamOf({ messages, stop: 'END' });
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('one two three four five six seven ');
  });

  it('ends at the token limit', async () => {
    const answer = await chat([user('[[say: hello to all of you out there]]')], { max_completion_tokens: 2 });
    expect(answer.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'hello to' } });
  });

  it('keeps to a schema', async () => {
    const answer = await world.client.chat.completions.parse({
      model: 'gpt-5.5',
      messages: [user('Bern as json')],
      response_format: zodResponseFormat(z.object({ city: z.string() }), 'city'),
    });
    expect(answer.choices[0]?.message.parsed).toEqual({ city: 'Bern' });
    expect(world.model.requests.at(-1)?.body).toMatchObject({ text: { format: { type: 'json_schema' } } });
  });

  it('takes pictures and efforts', async () => {
    const content = [
      { type: 'text' as const, text: 'look' },
      { type: 'image_url' as const, image_url: { url: pixel } },
    ];
    await chat([{ role: 'user', content }], { reasoning_effort: 'low' });
    expect(world.model.requests.at(-1)).toMatchObject({ lastUserPictures: 1, body: { reasoning: { effort: 'low' } } });
  });

  it('keeps the roles of a history', async () => {
    await chat([{ role: 'system', content: 'Be brief.' }, user('a'), { role: 'assistant', content: 'b' }, user('c')]);
    const { input } = (world.model.requests.at(-1)?.body ?? {}) as { input: { role: string; content: { text: string }[] }[] };
    expect(input.slice(-4).map(({ role, content }) => [role, content[0]?.text])).toEqual([
      ['developer', 'Be brief.'],
      ['user', 'a'],
      ['assistant', 'b'],
      ['user', 'c'],
    ]);
  });
});

describe('function tools', () => {
  const tools = [{ type: 'function' as const, function: { name: 'weather', parameters } }];
  const answersFor = (message: OpenAI.Chat.ChatCompletionMessage): Message[] => [
    message,
    ...(message.tool_calls ?? []).map(({ id }): Message => ({ role: 'tool', tool_call_id: id, content: 'sunny' })),
  ];

  it('are called, and their answers go on with the same turn', async () => {
    const messages = [user('weather in two')];
    const first = await chat(messages, { tools });
    expect(chatCompletion.parse(first).choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
    const message = first.choices[0]?.message;
    expect(message?.tool_calls).toHaveLength(2);
    if (message === undefined) return;
    const second = await chat([...messages, ...answersFor(message)], { tools });
    expect(second.choices[0]?.message.content).toBe('It is sunny and sunny.');
    expect(world.model.requests.at(-1)?.outputs).toHaveLength(2);
  });

  it('stream', async () => {
    const chunks = await streamOf({ messages: [user('weather please')], tools });
    const calls = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(calls).toMatchObject([{ index: 0, type: 'function', function: { name: 'weather', arguments: '{"city":"Bern"}' } }]);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('a history with calls of long ago is told as it was', async () => {
    const call = { id: 'call_1', type: 'function' as const, function: { name: 'weather', arguments: '{"city":"Rome"}' } };
    const answer = await chat(
      [
        user('weather please'),
        { role: 'assistant', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: 'hot' },
      ],
      { tools },
    );
    expect(answer.choices[0]?.message.content).toBe('It is hot.');
  });

  it('a changed past is not answered by the turn that waits', async () => {
    const first = await chat([user('weather please')], { tools });
    const message = first.choices[0]?.message;
    if (message === undefined) return;
    const answer = await chat([user('weather now'), ...answersFor(message)], { tools });
    expect(answer.choices[0]?.message.content).toBe('It is sunny.');
    expect(world.model.requests.at(-1)?.lastUserText).toBe('weather now');
  });
});
