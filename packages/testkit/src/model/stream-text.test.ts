import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGates } from './gates.ts';
import type { ModelRequest } from './model-request.ts';
import { readConversation } from './read-conversation.ts';
import { chunk, streamText } from './stream-text.ts';

const request: ModelRequest = { at: 0, method: 'POST', path: '/', headers: {}, body: {}, ...readConversation({}) };

it('loses nothing and splits no character when it cuts a text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (text, size) => {
      const chunks = chunk(text, size);
      expect(chunks.join('')).toBe(text);
      for (const part of chunks) expect(part).toBe(Buffer.from(part).toString());
    }),
  );
});

it('pauses between deltas, not before the first', async () => {
  const pauses: number[] = [];
  const clock = { now: () => 0, sleep: async (ms: number) => void pauses.push(ms) };
  const world = { clock, gates: createGates(), signal: new AbortController().signal };
  const deltas: string[] = [];
  for await (const delta of streamText({ type: 'text', text: 'abcdef', chunkSize: 2, chunkDelayMs: 5 }, request, world)) {
    deltas.push(`${delta} after ${pauses.length}`);
  }
  expect(deltas).toEqual(['ab after 0', 'cd after 1', 'ef after 2']);
});

it('stands at a gate until it is opened, and tells that it was reached', async () => {
  const gates = createGates();
  const world = { clock: { now: () => 0, sleep: async () => {} }, gates, signal: new AbortController().signal };
  const deltas = streamText({ type: 'text', text: ['a', { gate: 'g' }, 'b'] }, request, world);
  expect((await deltas.next()).value).toBe('a');
  const rest = deltas.next();
  await gates.reached('g');
  gates.release('g');
  expect((await rest).value).toBe('b');
});

it('leaves a gate when the client goes', async () => {
  const leaving = new AbortController();
  const world = { clock: { now: () => 0, sleep: async () => {} }, gates: createGates(), signal: leaving.signal };
  const next = streamText({ type: 'text', text: [{ gate: 'g' }, 'never'] }, request, world).next();
  leaving.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});
