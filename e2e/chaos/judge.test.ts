import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import type { Ledger, Said, Seen } from './ledger.ts';
import { partOf, wholeOf } from './script.ts';

const said = (...tags: readonly string[]): readonly Said[] =>
  tags.map((tag, index) => ({ tag, at: index * 10, isSteer: tag.startsWith('w9') }));
const seen = (...messages: readonly (readonly [number, string])[]): readonly Seen[] =>
  messages.map(([at, text], index) => ({ id: `m${index}`, text, at, changedAt: at }));
const turns = (...tags: readonly (readonly string[])[]) =>
  tags.map((own, index) => ({ id: `t${index}`, at: index * 10, tags: own }));
const answer = (...tags: readonly string[]) => `${tags.map(partOf).join(' ')} ${tags.map(wholeOf).join(' ')}`;
const ledger = (own: Partial<Ledger>): Ledger => ({ name: 'wechat', said: [], seen: [], turns: [], ...own });
const doubt = (words: string) => `A message may or may not have arrived: its sending was cut short. It began: “${words}”`;
const well = { lost: [], doubledPrompts: [], doubledReplies: [], unasked: [] };

it('is content when everything was answered once', () => {
  const verdict = judge(
    ledger({
      said: said('w1', 'w2', 'w3'),
      seen: seen([20, answer('w1', 'w2')], [40, answer('w3')]),
      turns: turns(['w1', 'w2'], ['w3']),
    }),
  );
  expect(verdict).toEqual({ ...well, answered: 3, told: 0, spare: 0 });
});

describe('a prompt is lost', () => {
  it('of which nobody spoke', () => {
    expect(judge(ledger({ said: said('w1', 'w2'), seen: seen([20, answer('w2')]), turns: turns(['w2']) })).lost).toEqual(['w1']);
  });

  it('that only a half answer was shown of', () => {
    expect(judge(ledger({ said: said('w1'), seen: seen([20, `${partOf('w1')} word`]), turns: turns(['w1']) })).lost).toEqual([
      'w1',
    ]);
  });

  it('whose turn was answered without it', () => {
    expect(judge(ledger({ said: said('w1', 'w2'), seen: seen([20, answer('w1')]), turns: turns(['w1', 'w2']) })).lost).toEqual([
      'w2',
    ]);
  });

  it('when another was named, and one notice names two only where it leaves names out', () => {
    const told = (words: string) => seen([30, `The run was cut off (“${words}”): It ended.`]);
    const record = (words: string) => judge(ledger({ said: said('w1', 'w2'), seen: told(words) })).lost;
    expect(record('w1 slow')).toEqual(['w2']);
    expect(record('w2 slow')).toEqual(['w1']);
    expect(record('w1 slow w2…')).toEqual([]);
    expect(record('w1 slow w2 slow')).toEqual([]);
  });

  it('when the end without a name came before it, or was that of another run', () => {
    expect(judge(ledger({ said: said('w1', 'w2'), seen: seen([5, 'Stopped.']), turns: turns(['w1'], ['w2']) })).lost).toEqual([
      'w2',
    ]);
  });

  it('when two ended without a name and one is told late', () => {
    const late = 10_000_000;
    const record = (...ends: readonly (readonly [number, string])[]) =>
      judge(
        ledger({
          said: said('w1', 'w2', 'w3', 'w4', 'w5'),
          seen: seen([10, answer('w3')], [11, answer('w4')], [12, answer('w5')], ...ends),
          turns: turns(['w1'], ['w2'], ['w3'], ['w4'], ['w5']),
        }),
      );
    expect(record([late, 'Stopped.'], [late + 1, 'Stopped.'])).toMatchObject({ lost: [], spare: 0 });
    expect(record([late, 'Stopped.']).lost).toHaveLength(1);
    expect(record([late, 'Stopped.'], [late + 1, 'Stopped.'], [late + 2, 'Stopped.'])).toMatchObject({ lost: [], spare: 1 });
  });

  it('when its answer is in doubt and nobody says so, or somebody doubts another message', () => {
    const record = (words: string) =>
      judge(ledger({ said: said('w1'), seen: seen([20, doubt(words)]), turns: turns(['w1']) })).lost;
    expect(record('Waiting messages: 1 1. w1 slow')).toEqual(['w1']);
    expect(record(partOf('w2'))).toEqual(['w1']);
    expect(record(partOf('w1'))).toEqual([]);
  });

  it('that was neither dropped nor refused, however late that is told', () => {
    const record = (text: string) =>
      judge(ledger({ said: said('w1', 'w2', 'w3'), seen: seen([500_000, text], [510_000, answer('w3')]), turns: turns(['w3']) }))
        .lost;
    expect(record('1 waiting message “w2 slow” was dropped and not sent to Codex.')).toEqual(['w1']);
    expect(record('2 waiting messages “w1 slow w…” were dropped and not sent to Codex.')).toEqual([]);
    // One that was overtaken on its way stands behind those it was written before.
    const overtaken = (count: number) =>
      judge(
        ledger({
          said: said('w1', 'w2', 'w3', 'w4'),
          seen: seen([40, `${count} waiting messages “w1 slow w3 tool w…” were dropped.`]),
        }),
      ).lost;
    expect(overtaken(4)).toEqual([]);
    expect(overtaken(3)).toEqual(['w4']);
    expect(record('Busy: 20 messages already wait here, so this one “w2 ask” was not taken.')).toEqual(['w1']);
  });
});

describe('words for the run in progress', () => {
  it('are lost when its answer leaves them out', () => {
    const record = ledger({ said: said('w1', 'w91'), turns: turns(['w1', 'w91']) });
    expect(judge({ ...record, seen: seen([20, answer('w1')]) }).lost).toEqual(['w91']);
    expect(judge({ ...record, seen: seen([20, answer('w1', 'w91')]) }).lost).toEqual([]);
  });

  it('tell nothing of their run when nobody knows whether they reached it', () => {
    const told = seen([20, 'It is unknown whether your steering words “w91 steer” reached the run.']);
    expect(judge(ledger({ said: said('w1', 'w91'), turns: turns(['w1', 'w91']), seen: told })).lost).toEqual(['w1']);
  });

  it('that reached no turn are lost unless they were named, or were put into a run that ended without an answer', () => {
    const record = (...texts: readonly string[]) =>
      judge(
        ledger({
          said: said('w1', 'w91'),
          turns: turns(['w1']),
          seen: seen(...texts.map((text, index) => [20 + index, text] as const)),
        }),
      ).lost;
    expect(record(answer('w1'))).toEqual(['w91']);
    expect(record(answer('w1'), 'Nothing is running, so “w91 steer” went nowhere.')).toEqual([]);
    expect(record(`${partOf('w1')}\n\nStopped.`)).toEqual(['w91']);
    expect(record('Put into the run in progress: “w91 steer”.', answer('w1'))).toEqual(['w91']);
    expect(record('Put into the run in progress: “w91 steer”.', `${partOf('w1')}\n\nStopped.`)).toEqual([]);
  });
});

it('finds what was done twice, and does not take a doubt for an answer', () => {
  const twice = { said: said('w1'), turns: turns(['w1'], ['w1']), seen: seen([10, answer('w1')], [20, answer('w1')]) };
  expect(judge(ledger(twice))).toMatchObject({ doubledPrompts: ['w1'], doubledReplies: ['w1'] });
  expect(judge(ledger({ ...twice, turns: turns(['w1', 'w1']) })).doubledPrompts).toEqual(['w1']);
  const excused = { said: said('w1'), turns: turns(['w1']), seen: seen([10, answer('w1')], [20, doubt(answer('w1'))]) };
  expect(judge(ledger(excused))).toMatchObject(well);
});

it('does not believe in an answer that nobody asked for', () => {
  expect(judge(ledger({ said: said('w1'), seen: seen([10, answer('w1')]) })).unasked).toEqual(['w1']);
});

it('takes an end without a name that is in doubt, too, for one', () => {
  const record = (...texts: readonly string[]) =>
    judge(
      ledger({
        said: said('w1', 'w2'),
        seen: seen(...texts.map((text, index) => [20 + index, text] as const)),
        turns: turns(['w1'], ['w2']),
      }),
    ).lost;
  expect(record('Stopped.', doubt('Stopped.'))).toEqual(['w2']);
  expect(record(doubt('Stopped.'))).toEqual(['w2']);
  expect(record('Stopped.', 'Stopped.')).toEqual([]);
});

it('counts the ends that no run was left for', () => {
  expect(judge(ledger({ said: said('w1'), seen: seen([10, answer('w1')], [20, 'Stopped.']), turns: turns(['w1']) })).spare).toBe(
    1,
  );
});
