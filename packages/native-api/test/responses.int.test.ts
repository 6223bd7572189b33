import { zodTextFormat } from 'openai/helpers/zod';
import type { ResponseInput } from 'openai/resources/responses/responses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkStream, typesOf } from './check-stream.ts';
import { response } from './schemas.ts';
import { pixel, readEvents, setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp({
    rules: [
      { when: /the whole history/, reply: [{ type: 'text', text: (request) => JSON.stringify(request.userTexts) }] },
      { when: /as json/, reply: [{ type: 'text', text: '{"city":"Bern","population":134000}' }] },
      { when: /several words/, reply: [{ type: 'text', text: 'a b c d', chunkSize: 1 }] },
    ],
  });
});
afterAll(() => world[Symbol.asyncDispose]());

const lastBody = () =>
  (world.model.requests.at(-1)?.body ?? {}) as { input: Record<string, unknown>[] } & Record<string, unknown>;
/** The conversation without what Codex itself puts in. */
const lastConversation = () =>
  lastBody().input.flatMap((item) => {
    if (item.type !== 'message') return [[item.type, item.output ?? item.arguments]];
    const text = (item.content as { text?: string }[]).map((part) => part.text ?? 'picture').join('|');
    return text.startsWith('You are Codex') || text.startsWith('<') ? [] : [[item.role, text]];
  });

describe('an answer', () => {
  it('has every field, and the words of the model', async () => {
    const answer = await world.client.responses.create({ input: '[[say: hello]]', metadata: { a: 'b' }, user: 'me' });
    expect(answer.output_text).toBe('hello');
    const { output_text: _, ...body } = answer;
    expect(response.parse(body)).toMatchObject({
      status: 'completed',
      model: 'gpt-5.5',
      metadata: { a: 'b' },
      user: 'me',
      native_api: {
        route_path: '/v1/responses',
        response_mapping: { response_id: answer.id, native_thread_id: expect.any(String) },
        continuation: { resumed: false },
      },
    });
    const { usage } = answer;
    expect(usage?.input_tokens).toBeGreaterThan(0);
    expect(answer._request_id).toMatch(/^req_/);
  });

  it('streams each piece on its own, in the order every client wants', async () => {
    const events = await readEvents(await world.post('/responses', { input: 'several words', stream: true }));
    expect(typesOf(events)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      ...Array.from('a b c d', () => 'response.output_text.delta'),
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(checkStream(events)).toMatchObject({ status: 'completed', usage: { output_tokens: expect.any(Number) } });
  });

  it('sends its headers and the first two events before the model has said a word', async () => {
    const answer = await world.post('/responses', { input: '[[gate: quiet]] [[say: now]]', stream: true });
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(answer.headers.get('cache-control')).toBe('no-cache, no-transform');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('response.in_progress')) text += (await reader?.read())?.value ?? '';
    expect(text).not.toContain('output_item');
    world.model.release('quiet');
    for (let part = await reader?.read(); !part?.done; part = await reader?.read()) text += part?.value ?? '';
    expect(text).toMatch(/data: \[DONE\]\n\n$/);
  });

  it('says something while the model is silent', async () => {
    const other = await world.another({ keepAliveMs: 20 });
    const answer = await fetch(`${other.baseUrl}/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: '[[gate: silent]] [[say: now]]', stream: true }),
    });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes(': keepalive\n\n')) text += (await reader?.read())?.value ?? '';
    world.model.release('silent');
    await reader?.cancel();
  });

  it('shows reasoning where it is asked for, before the message', async () => {
    const body = { input: '[[think: first I look]] [[say: yes]]', stream: true };
    const events = await readEvents(await world.post('/responses', { ...body, reasoning: { summary: 'auto', effort: 'low' } }));
    expect(checkStream(events)).toMatchObject({
      output: [{ type: 'reasoning', summary: [{ text: 'first I look' }] }, { type: 'message' }],
      reasoning: { effort: 'low', summary: 'auto' },
    });
    expect(lastBody().reasoning).toMatchObject({ effort: 'low', summary: 'auto' });
    const plain = await readEvents(await world.post('/responses', body));
    expect(checkStream(plain)).toMatchObject({ output: [{ type: 'message' }] });
  });

  it('leaves out what was said on the way', async () => {
    const answer = await world.client.responses.create({ input: '[[say: I look]] [[plan: a; b]] [[say: Done.]]' });
    expect(answer.output_text).not.toContain('I look');
  });

  it('takes a picture', async () => {
    await world.client.responses.create({
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'look' },
            { type: 'input_image', image_url: pixel, detail: 'auto' },
          ],
        },
      ],
    });
    expect(world.model.requests.at(-1)).toMatchObject({ lastUserText: 'look', lastUserPictures: 1 });
  });

  it('keeps to a schema, in a request and as a parsed value', async () => {
    const City = z.object({ city: z.string(), population: z.number() });
    const answer = await world.client.responses.parse({
      input: 'Bern as json',
      model: 'gpt-5.5',
      text: { format: zodTextFormat(City, 'city') },
    });
    expect(answer.output_parsed).toEqual({ city: 'Bern', population: 134000 });
    expect(lastBody().text).toMatchObject({
      format: { type: 'json_schema', strict: true, schema: { required: ['city', 'population'] } },
    });
    expect(answer.text).toMatchObject({ format: { type: 'json_schema', name: 'city' } });
  });

  it('ends at the token limit, and says so', async () => {
    const words = Array.from({ length: 100 }, (_, n) => `word${n}`).join(' ');
    const body = { input: `[[say: ${words}]]`, max_output_tokens: 16 };
    const whole = response.parse(await (await world.post('/responses', body)).json());
    expect(whole).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
    const events = await readEvents(await world.post('/responses', { ...body, stream: true }));
    const last = checkStream(events);
    expect(last).toMatchObject({ status: 'incomplete', output: [{ status: 'incomplete' }] });
    expect(typesOf(events).at(-1)).toBe('response.incomplete');
    const [message] = (last as z.infer<typeof response>).output;
    expect(message?.type === 'message' && words.startsWith(message.content[0]?.text ?? '?')).toBe(true);
  });

  it('passes verbosity on', async () => {
    await world.client.responses.create({ input: 'hi', text: { verbosity: 'low' } });
    expect(lastBody().text).toMatchObject({ verbosity: 'low' });
  });
});

describe('the conversation', () => {
  it('keeps the roles of a history, and turns system into developer', async () => {
    await world.client.responses.create({
      instructions: 'Be brief.',
      input: [
        { role: 'system', content: 'You are a clerk.' },
        { role: 'user', content: 'first' },
        { role: 'assistant', content: 'answer one' },
        { role: 'developer', content: 'now in French' },
        { role: 'user', content: 'second' },
      ],
    });
    expect(lastConversation()).toEqual([
      ['developer', 'Be brief.'],
      ['developer', 'You are a clerk.'],
      ['user', 'first'],
      ['assistant', 'answer one'],
      ['developer', 'now in French'],
      ['user', 'second'],
    ]);
  });

  it('takes output items back as they came', async () => {
    const first = await world.client.responses.create({ input: '[[think: hm]] [[say: one]]', reasoning: { summary: 'auto' } });
    const input = [{ role: 'user', content: 'a' }, ...first.output, { role: 'user', content: 'b' }] as ResponseInput;
    await world.client.responses.create({ input });
    expect(lastConversation()).toEqual([
      ['user', 'a'],
      ['assistant', 'one'],
      ['user', 'b'],
    ]);
  });

  it('goes on by id: earlier words, earlier answer, new words, but not earlier instructions', async () => {
    const first = await world.client.responses.create({ input: '[[say: one]]', instructions: 'Rhyme.' });
    const second = await world.client.responses.create({ input: '[[say: two]]', previous_response_id: first.id });
    expect(second.previous_response_id).toBe(first.id);
    expect(second).toMatchObject({ native_api: { continuation: { resumed: true, previous_response_id: first.id } } });
    await world.client.responses.create({ input: 'three', previous_response_id: second.id });
    expect(lastConversation()).toEqual([
      ['user', '[[say: one]]'],
      ['assistant', 'one'],
      ['user', '[[say: two]]'],
      ['assistant', 'two'],
      ['user', 'three'],
    ]);
  });

  it('branches see their ancestors only, also at the same time', async () => {
    const root = await world.client.responses.create({ input: '[[say: root]]' });
    const branch = (name: string) =>
      world.client.responses.create({ input: `${name}: the whole history`, previous_response_id: root.id });
    const answers = await Promise.all(['left', 'right'].map(branch));
    expect(answers.map((answer) => JSON.parse(answer.output_text))).toEqual([
      ['[[say: root]]', 'left: the whole history'],
      ['[[say: root]]', 'right: the whole history'],
    ]);
    const alone = await world.client.responses.create({ input: 'the whole history' });
    expect(JSON.parse(alone.output_text)).toEqual(['the whole history']);
  });

  it('a failed continuation leaves its parent as it was', async () => {
    const root = await world.client.responses.create({ input: '[[say: root]]' });
    await expect(world.client.responses.create({ input: '[[overflow]]', previous_response_id: root.id })).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
    });
    const next = await world.client.responses.create({ input: 'the whole history', previous_response_id: root.id });
    expect(JSON.parse(next.output_text)).toEqual(['[[say: root]]', 'the whole history']);
  });

  it('can end with something else than one text of the user', async () => {
    await world.client.responses.create({
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'before' },
            { type: 'input_image', image_url: pixel, detail: 'auto' },
            { type: 'input_text', text: 'behind' },
          ],
        },
      ],
    });
    expect(lastConversation()).toEqual([['user', 'before|picture|behind']]);
    await world.client.responses.create({ input: [{ role: 'developer', content: 'Say something.' }] });
    expect(lastConversation()).toEqual([['developer', 'Say something.']]);
  });
});

describe('stored answers', () => {
  it('can be read, listed, deleted, and not cancelled', async () => {
    const made = await world.client.responses.create({
      input: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: '[[say: c]]' },
      ],
    });
    const { output_text: text, ...whole } = await world.client.responses.retrieve(made.id);
    expect(text).toBe('c');
    expect(response.parse(whole).id).toBe(made.id);

    const newest = await world.client.responses.inputItems.list(made.id, { limit: 2 });
    expect(newest.data).toMatchObject([{ role: 'user' }, { role: 'assistant' }]);
    expect(newest.has_more).toBe(true);
    const all = [];
    for await (const item of world.client.responses.inputItems.list(made.id, { limit: 1, order: 'asc' })) all.push(item);
    expect(all).toMatchObject([{ role: 'user' }, { role: 'assistant' }, { role: 'user' }]);

    await expect(world.client.responses.cancel(made.id)).rejects.toMatchObject({ status: 400 });
    const deletion = await world.client.delete(`/responses/${made.id}`);
    expect(deletion).toEqual({ id: made.id, object: 'response', deleted: true });
    for (const again of [
      world.client.responses.retrieve(made.id),
      world.client.responses.delete(made.id),
      world.client.responses.inputItems.list(made.id),
      world.client.responses.cancel(made.id),
    ]) {
      await expect(Promise.resolve(again)).rejects.toMatchObject({ status: 404, code: 'response_not_found' });
    }
    await expect(world.client.responses.create({ input: 'x', previous_response_id: made.id })).rejects.toMatchObject({
      status: 404,
      code: 'continuation_not_found',
      param: 'previous_response_id',
    });
  });

  it('are not kept where the caller does not want it', async () => {
    const made = await world.client.responses.create({ input: 'a', store: false });
    await expect(world.client.responses.retrieve(made.id)).rejects.toMatchObject({ status: 404 });
  });

  it('lend their items to references', async () => {
    const made = await world.client.responses.create({ input: '[[say: lent]]' });
    const id = made.output[0]?.id ?? '';
    await world.client.responses.create({
      input: [
        { role: 'user', content: 'a' },
        { type: 'item_reference', id },
        { role: 'user', content: 'b' },
      ],
    });
    expect(lastConversation()).toEqual([
      ['user', 'a'],
      ['assistant', 'lent'],
      ['user', 'b'],
    ]);
  });
});

it('gives the model none of the tools and texts of Codex that can be switched off', async () => {
  await world.client.responses.create({ input: 'hi' });
  const tools = (lastBody().tools as { name?: string; type: string }[]).map(({ name, type }) => name ?? type);
  expect(tools.sort()).toEqual(['apply_patch', 'request_user_input']);
  expect(JSON.stringify(lastBody().input)).not.toContain(world.workspace);
  expect(lastConversation()).toEqual([['user', 'hi']]);
  expect(world.model.problems).toEqual([]);
});

it('does nothing to files, whatever the model wants', async () => {
  const answer = await world.client.responses.create({ input: '[[write: made.txt | x]] [[run: touch also.txt]]' });
  expect(answer.status).toBe('completed');
  const { readdir } = await import('node:fs/promises');
  expect(await readdir(world.workspace)).toEqual([]);
});
