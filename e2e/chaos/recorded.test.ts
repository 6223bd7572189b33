import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Heard, hear } from './hear.ts';
import { judge } from './judge.ts';
import type { Ledger, Seen } from './ledger.ts';
import { partOf, wholeOf } from './script.ts';

/**
 * What a real run left: kills, stops, doubts, joined and steered prompts. Each test forges it and must be caught each time. Where ends go without
 * a name the judge may hold another prompt for the lost one.
 */
const recorded = JSON.parse(readFileSync(join(import.meta.dirname, '__fixtures__/ledgers.json'), 'utf8')) as readonly Ledger[];

const answersIn = ({ text }: Seen) => hear(text).flatMap((one) => (one.type === 'answer' ? [one.tag] : []));
const without = (ledger: Ledger, isGone: (message: Seen) => boolean): Ledger => ({
  ...ledger,
  seen: ledger.seen.filter((message) => !isGone(message)),
});

describe.each(recorded)('the ledger of $name', (ledger) => {
  const { said, seen, turns } = ledger;
  const replies = seen.filter((message) => answersIn(message).length > 0);
  const answered = said.map(({ tag }) => tag).filter((tag) => replies.some((message) => answersIn(message).includes(tag)));
  const silent = said.map(({ tag }) => tag).filter((tag) => !answered.includes(tag));

  it('is well, and holds what there is to forge', () => {
    expect(judge(ledger)).toEqual({
      ...{ answered: answered.length, told: silent.length, spare: 0 },
      ...{ lost: [], doubledPrompts: [], doubledReplies: [], unasked: [] },
    });
    expect(answered.length).toBeGreaterThan(5);
    expect(silent.length).toBeGreaterThan(5);
    expect(said.some(({ isSteer }) => isSteer)).toBe(true);
    expect(turns.some(({ tags }) => tags.length > 1)).toBe(true);
  });

  it('is short of every reply that is dropped', () => {
    for (const reply of replies) {
      const { lost } = judge(without(ledger, ({ id }) => id === reply.id));
      expect(lost, reply.text).not.toEqual([]);
    }
  });

  it('shows every reply that is doubled', () => {
    for (const reply of replies) {
      const forged = { ...ledger, seen: [...seen, { ...reply, id: 'again' }] };
      expect(judge(forged).doubledReplies, reply.text).toEqual(expect.arrayContaining([...answersIn(reply)]));
    }
  });

  it('is short of every prompt that was answered and is dropped', () => {
    for (const tag of answered) {
      const forged = {
        ...ledger,
        turns: turns.map((turn) => ({ ...turn, tags: turn.tags.filter((one) => one !== tag) })),
        seen: seen.map((message) => ({
          ...message,
          text: message.text.replaceAll(partOf(tag), '').replaceAll(wholeOf(tag), ''),
        })),
      };
      expect(judge(forged).lost, tag).not.toEqual([]);
    }
  });

  it('shows every prompt that is doubled', () => {
    for (const tag of turns.flatMap(({ tags }) => tags))
      expect(judge({ ...ledger, turns: [...turns, { id: 'again', at: 0, tags: [tag] }] }).doubledPrompts).toEqual([tag]);
  });

  it('is short of a prompt for every end and every doubt that is not told by name', () => {
    for (const tag of silent) {
      const run = turns.find(({ tags }) => tags.includes(tag))?.tags ?? [tag];
      const isOfRun = (one: Heard) =>
        (one.type === 'named' && one.tags.some((name) => run.includes(name))) ||
        (one.type === 'astray' && one.tags.includes(tag));
      const tells = ({ text }: Seen) => hear(text).some(isOfRun);
      if (seen.some(tells)) expect(judge(without(ledger, tells)).lost, tag).not.toEqual([]);
    }
  });

  it('is short of a prompt for every end without a name that is not told', () => {
    const ends = seen.filter(({ text }) => hear(text).some(({ type }) => type === 'ended'));
    for (const end of ends) expect(judge(without(ledger, ({ id }) => id === end.id)).lost, end.text).not.toEqual([]);
  });
});
