import { actorId, asId, type ChannelId, type SendBudget } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { artifact, artifactTaken, givenScope, message, owner, progressed, testRules } from '../testing/given.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

const channel = asId<ChannelId>('fake');
const friend = actorId(channel, 'friend');
/** As much as anybody could say. */
const plenty: SendBudget = {
  messages: 99,
  windowMs: 1_000,
  initial: {},
  release: (state) => state,
  cost: () => 1,
  claim: (state) => ({ allowed: true, state, isLast: false }),
  learn: (state) => state,
  left: () => ({ messages: 99 }),
};
const traits = { split: (markdown: string) => markdown.split('|'), hasLive: false, hasActions: false };
const access = { ...testRules.access, users: [friend] };
const rules: Partial<Rules> = { access, channels: new Map([[channel, { ...traits, budget: plenty }]]) };
const given = givenScope(rules);

const answerOf = (parts: number, word = 'x') => Array.from({ length: parts }, () => word).join('|');
const done = (text: string) => progressed({ type: 'turn.completed', turn: asId('t'), text });
const offered = ['x', 'The answer has 9 parts. The whole of it is a file: `/sendfile 1`.'];
/** A run for the owner, with what the conversation has already. */
const runningAgain = ({ artifacts }: ScopeState, runs: number) =>
  given.idle({ ...given.running().state, runs, ...(artifacts && { artifacts }) });

describe('a very long answer', () => {
  it('is offered to the owner as a file after its first part', () => {
    const { decision } = given
      .running()
      .when(done(answerOf(9)))
      .leadsTo({ says: offered, phase: 'idle' });
    expect(decision.state.artifacts?.files).toMatchObject([{ id: '1', name: 'answer-1.md', text: answerOf(9), sizeBytes: 17 }]);
  });

  it('is said in its parts where there are no more than eight, or where it is too long to be kept', () => {
    const eight = given
      .running()
      .when(done(answerOf(8)))
      .leadsTo({ says: Array.from('xxxxxxxx') });
    expect(eight.decision.state.artifacts).toBeUndefined();
    const long = given.running().when(done(answerOf(9, '长'.repeat(80_000))));
    expect(long.decision.effects).toHaveLength(9);
  });

  it('is said in its parts in groups, to other people, and where nothing limits us', () => {
    const running = given.running().state;
    const { phase, scope } = running;
    if (phase.name !== 'running') throw new Error('not running');
    const theirs = { ...phase, prompts: phase.prompts.map((prompt) => ({ ...prompt, actor: friend })) };
    const nobodyCounts = givenScope({ ...rules, channels: new Map([[channel, traits]]) });
    const all = [
      given.idle({ ...running, scope: { ...scope, kind: 'group' } }),
      given.idle({ ...running, phase: theirs }),
      nobodyCounts.running(),
    ];
    for (const one of all) one.when(done(answerOf(9))).leadsTo({ says: Array.from('xxxxxxxxx') });
  });

  it('is written, sent and audited when it is asked for, by the owner alone', () => {
    const kept = given.running().when(done(answerOf(9)));
    kept.when(message('/artifacts')).leadsTo({ says: [/`1` answer-1\.md · 1 KB/] });
    kept.when(message('/sendfile 1', { by: { id: friend } })).leadsTo({ says: [/is for owners/], asks: [] });
    const asked = kept.when(message('/sendfile 1')).leadsTo({ asks: ['artifact.keep'] });
    expect(asked.decision.effects).toMatchObject([
      { artifact: '1', by: owner.id, name: 'answer-1.md', mediaType: 'text/markdown', text: answerOf(9) },
    ]);
    const sent = asked.when(artifactTaken('1', { isTaken: true, file: artifact('answer-1.md') }));
    expect(sent.decision.effects).toMatchObject([{ type: 'deliver', message: { files: [{ name: 'answer-1.md' }] } }]);
    expect(sent.decision.audit).toMatchObject([{ kind: 'artifact', outcome: 'sent', detail: { name: 'answer-1.md' } }]);
    asked.when(artifactTaken('1', { isTaken: false, reason: 'unreadable' })).leadsTo({ says: [/“answer-1\.md” was not sent/] });
  });

  it('is kept with the two before it; of older ones people are told that they are gone', () => {
    let { state } = given.running().when(done(answerOf(9))).decision;
    for (const run of [2, 3, 4]) ({ state } = runningAgain(state, run).when(done(answerOf(9))).decision);
    expect(state.artifacts?.files.map(({ name, text }) => [name, text !== undefined])).toEqual([
      ['answer-1.md', false],
      ['answer-2.md', true],
      ['answer-3.md', true],
      ['answer-4.md', true],
    ]);
    given
      .idle(state)
      .when(message('/sendfile 1'))
      .leadsTo({ says: [/“answer-1\.md” was not sent/], asks: [] });
  });
});
