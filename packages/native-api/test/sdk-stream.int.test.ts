import { afterAll, beforeAll, expect, it } from 'vitest';
import { setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp();
});
afterAll(() => world[Symbol.asyncDispose]());

it('the openai SDK reads a stream as it comes', async () => {
  const pieces: string[] = [];
  for await (const event of await world.client.responses.create({
    input: '[[say: hello to all of you out there]]',
    stream: true,
  })) {
    if (event.type === 'response.output_text.delta') pieces.push(event.delta);
  }
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('')).toBe('hello to all of you out there');
});

it('its strict reader of streams finds nothing amiss', async () => {
  const deltas: string[] = [];
  const stream = world.client.responses.stream({
    model: 'gpt-5.5',
    input: '[[think: hm]] [[say: hello to all of you out there]]',
    reasoning: { summary: 'auto' },
  });
  stream.on('response.output_text.delta', (event) => deltas.push(event.snapshot));
  const final = await stream.finalResponse();
  expect(final.output_text).toBe('hello to all of you out there');
  expect(deltas.at(-1)).toBe(final.output_text);
});

it('a turn that fails in a stream makes it throw', async () => {
  const stream = world.client.responses.stream({ model: 'gpt-5.5', input: '[[overflow]]' });
  await expect(stream.finalResponse()).rejects.toThrow(/context window/i);
});

it('its chat reader finds nothing amiss either', async () => {
  const stream = world.client.chat.completions.stream({
    model: 'gpt-5.5',
    messages: [{ role: 'user', content: '[[say: hello to all of you out there]]' }],
    stream_options: { include_usage: true },
  });
  expect(await stream.finalContent()).toBe('hello to all of you out there');
  expect((await stream.totalUsage()).total_tokens).toBeGreaterThan(0);
});

it('lists models and finds one', async () => {
  const models = [];
  for await (const model of world.client.models.list()) models.push(model);
  expect(models.map(({ id }) => id)).toContain('gpt-5.5');
  expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
  expect(await world.client.models.retrieve('gpt-5.5')).toMatchObject({ id: 'gpt-5.5', object: 'model', created: 0 });
  await expect(world.client.models.retrieve('gpt-2')).rejects.toMatchObject({
    status: 404,
    code: 'model_not_found',
    param: 'model',
  });
});
