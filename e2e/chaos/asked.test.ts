import type { ModelRequest } from '@threadbridge/testkit/model';
import { expect, it } from 'vitest';
import { readAsked, turnsIn } from './asked.ts';

const id = (moment: number) => `01a1feb8-${moment.toString(16).padStart(4, '0')}-7000-8000-000000000000`;
const user = (moment: number, text: string) => ({ type: 'message', role: 'user', id: `msg_${id(moment)}`, content: [{ text }] });
const model = (text: string) => ({ type: 'message', role: 'assistant', id: 'msg_1', content: [{ text }] });
const request = (turn: number, ...input: readonly object[]): ModelRequest =>
  ({
    headers: { 'x-codex-turn-metadata': JSON.stringify({ turn_id: id(turn) }) },
    purpose: 'turn',
    at: turn,
    body: { input },
  }) as never;

it('knows what was written into this turn from what the thread held before', () => {
  const asked = readAsked(
    request(5, user(1, 'w1 ask'), model('whole-w1.'), user(6, 'w2 tool\n\nw3 slow'), model('whole-w2.'), user(7, 'w4 steer')),
  );
  expect(asked).toMatchObject({
    words: [
      { tag: 'w2', kind: 'tool' },
      { tag: 'w3', kind: 'slow' },
      { tag: 'w4', kind: 'steer' },
    ],
    newest: [{ tag: 'w4' }],
    answered: new Set(['w2']),
  });
});

it('gathers a turn over its requests, and sees what is in it twice', () => {
  const turns = turnsIn([
    request(5, user(6, 'w2 tool')),
    request(5, user(6, 'w2 tool'), user(7, 'w3 steer')),
    request(8, user(6, 'w2 tool'), user(9, 'w4 slow'), user(10, 'w4 slow')),
  ]);
  expect(turns).toEqual([
    { id: id(5), at: 5, tags: ['w2', 'w3'] },
    { id: id(8), at: 8, tags: ['w4', 'w4'] },
  ]);
});
