import { expect, it } from 'vitest';
import { hear } from './hear.ts';

it('hears whole answers, and no half ones', () => {
  expect(hear('reply-w1. reply-w2. word word whole-w1. whole-w2.')).toEqual([
    { type: 'answer', tag: 'w1' },
    { type: 'answer', tag: 'w2' },
  ]);
  expect(hear('reply-w1. word')).toEqual([]);
});

it('hears of which run an end tells, by what it said or by what was asked', () => {
  expect(hear('reply-w1. word\n\nStopped.')).toEqual([{ type: 'named', tags: ['w1'], isCut: false }]);
  expect(hear('The run was cut off (“w1 slow w2 ask”): The connection ended.')).toEqual([
    { type: 'named', tags: ['w1', 'w2'], isCut: false },
  ]);
  expect(hear('Your message “w1 slow w2 as…” did not reach Codex: It is gone.')).toEqual([
    { type: 'named', tags: ['w1'], isCut: true },
  ]);
  expect(hear('Stopped.\n\n2 files: `/artifacts`')).toEqual([{ type: 'ended' }]);
  expect(hear('Stopped (“w1 slow w2 ask…”).')).toEqual([{ type: 'named', tags: ['w1', 'w2'], isCut: true }]);
});

it('hears a doubt about an answer, about an end, and nothing of prompts in a doubt about anything else', () => {
  const doubt = (words: string) => hear(`A message may or may not have arrived: its sending was cut short. It began: “${words}”`);
  expect(doubt('reply-w1. reply-w2. word wo…')).toEqual([{ type: 'named', tags: ['w1', 'w2'], isCut: true }]);
  expect(doubt('whole answers are not taken from here: whole-w1.')).toEqual([{ type: 'named', tags: ['w1'], isCut: false }]);
  expect(doubt('The run was cut off (“w1 slow w2 ask”): The conn…')).toEqual([
    { type: 'named', tags: ['w1', 'w2'], isCut: false },
  ]);
  expect(doubt('Stopped.')).toEqual([{ type: 'ended', isInDoubt: true }]);
  expect(doubt('Waiting messages: 1 1. w1 slow')).toEqual([]);
});

it('hears a doubt and an answer in one message', () => {
  const text = 'A message could not be delivered (channel.rejected). It began: “reply-w1.”\n\nreply-w2. whole-w2.';
  expect(hear(text)).toEqual([
    { type: 'answer', tag: 'w2' },
    { type: 'named', tags: ['w1'], isCut: false },
  ]);
});

it('hears what was dropped, not taken, or not put in', () => {
  expect(hear('3 waiting messages “w3 slow w4 ask w…” were dropped and not sent to Codex.')).toEqual([
    { type: 'named', tags: ['w3', 'w4'], isCut: true, count: 3 },
  ]);
  expect(hear('Busy: 20 messages already wait here, so this one “w3 slow” was not taken.')).toEqual([
    { type: 'named', tags: ['w3'], isCut: false },
  ]);
  expect(hear('It is unknown whether your steering words “w3 steer” reached the run.')).toEqual([
    { type: 'astray', tags: ['w3'] },
  ]);
});

it('hears that words were put into the run, also when that is in doubt', () => {
  const doubt =
    'A message may or may not have arrived: its sending was cut short. It began: “Put into the run in progress: “w3 steer”.”';
  expect([hear('Put into the run in progress: “w3 steer”.'), hear(doubt)]).toEqual([
    [{ type: 'put', tags: ['w3'] }],
    [{ type: 'put', tags: ['w3'] }],
  ]);
});

it('hears nothing in what merely lists prompts', () => {
  expect(hear('Waiting messages: 2\n1. w1 slow\n2. w2 ask')).toEqual([]);
});
