import { asId, type ThreadId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { fired, givenScope, lost, message, progressed, resolved } from '../testing/given.ts';
import stored from './__fixtures__/states-0.1.0.json' with { type: 'json' };
import { upcast } from './scope-state.ts';

/** Conversations as version 0.1.0 stored them. */
const given = (phase: keyof typeof stored) => {
  const state = upcast(stored[phase]);
  const run = state.phase.name === 'running' ? state.phase.run : undefined;
  return { ...givenScope().idle(state), run };
};

describe('a conversation of 0.1.0', () => {
  it('that rests takes the next words', () => {
    given('idle')
      .when(message('more'))
      .leadsTo({ phase: 'collecting', asks: ['timer'], waiting: ['more'] });
  });

  it('that collects begins when its own quiet window is over', () => {
    given('collecting')
      .when(fired({ name: 'quiet', round: 2 }))
      .leadsTo({ phase: 'preparing', asks: ['workspace.resolve'], waiting: ['one', 'two'] });
  });

  it('that prepares runs', () => {
    const { decision } = given('preparing')
      .when(resolved())
      .leadsTo({ phase: 'running', asks: ['run.start'] });
    expect(decision.effects).toMatchObject([{ input: { prompt: 'prepare' } }]);
  });

  it('whose run was asked for hears of its thread', () => {
    const asked = given('asked');
    const { decision } = asked.when(
      progressed({ type: 'thread.started', thread: asId<ThreadId>('t-9'), isNew: true }, asked.run),
    );
    expect(decision.state.phase).toMatchObject({ name: 'running', thread: 't-9' });
  });

  it('that waits for an answer takes it, by its own code', () => {
    const code = Object.values(stored.running.phase.approvals)[0]?.code;
    const { decision } = given('running')
      .when(message(`/approve ${code}`))
      .leadsTo({ says: ['approved'], asks: ['approval.answer'], phase: 'running' });
    expect(decision.effects[0]).toMatchObject({ approval: 'ask-1', answer: { decision: 'accept' } });
  });

  it('whose run is lost is told so, and what waited goes on', () => {
    const running = given('running');
    running
      .when({ ...lost(), run: running.run } as never)
      .leadsTo({ says: [/cut off/], asks: ['workspace.resolve'], phase: 'preparing', waiting: ['and then?'] });
  });

  it.each(['idle', 'collecting', 'preparing', 'asked', 'running'] as const)('shows its status: %s', (phase) => {
    expect(given(phase).when(message('/status')).decision.effects).toHaveLength(1);
  });
});

it('a version that is not known is refused', () => {
  expect(() => upcast({ ...stored.idle, v: 2 })).toThrow(/version 2/);
});
