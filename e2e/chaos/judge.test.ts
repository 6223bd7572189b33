import { expect, it } from 'vitest';
import { judge, replyTo } from './judge.ts';

const said = (...tags: readonly string[]) => tags.map((tag, index) => ({ tag, at: index * 10, isSteer: false }));
const answer = (tag: string, at = 100) => ({ text: `Done. ${replyTo(tag)}`, at });
const none = new Map<string, ReadonlySet<string>>();

it('is content when everything was answered once', () => {
  const verdict = judge({
    said: said('a1', 'a2'),
    seen: [answer('a1'), answer('a2')],
    turns: new Map([['a1', new Set(['t1'])]]),
  });
  expect(verdict).toEqual({ answered: 2, told: 0, lost: [], doubledPrompts: [], doubledReplies: [] });
});

it('calls a prompt lost that nobody spoke of', () => {
  expect(judge({ said: said('a1', 'a2'), seen: [answer('a2')], turns: none }).lost).toEqual(['a1']);
});

it('takes one notice for one row of silence, and not for two', () => {
  const seen = [{ text: 'The run was cut off.', at: 50 }, answer('a3')];
  const verdict = judge({ said: said('a1', 'a2', 'a3', 'a4'), seen, turns: none });
  expect(verdict).toMatchObject({ told: 2, lost: ['a4'] });
});

it('does not take a notice that came before the prompt', () => {
  expect(judge({ said: [{ tag: 'a1', at: 60, isSteer: false }], seen: [{ text: 'cut off', at: 50 }], turns: none }).lost).toEqual(
    ['a1'],
  );
});

it('expects no answer of its own for a prompt whose turn was steered', () => {
  const all = [...said('a1'), { tag: 'a2', at: 5, isSteer: true }];
  const together = new Map([
    ['a1', new Set(['t1'])],
    ['a2', new Set(['t1'])],
  ]);
  expect(judge({ said: all, seen: [], turns: together })).toMatchObject({ answered: 1, lost: [] });
  expect(judge({ said: all, seen: [], turns: none }).lost).toEqual(['a1']);
});

it('finds what was done twice, unless a doubt was told', () => {
  const turns = new Map([['a1', new Set(['t1', 't2'])]]);
  const twice = judge({ said: said('a1'), seen: [answer('a1'), answer('a1', 200)], turns });
  expect(twice).toMatchObject({ doubledPrompts: ['a1'], doubledReplies: ['a1'] });
  const excused = { text: `A message may or may not have arrived. It began: “${replyTo('a1')}”`, at: 200 };
  expect(judge({ said: said('a1'), seen: [answer('a1'), excused], turns: none }).doubledReplies).toEqual([]);
});
