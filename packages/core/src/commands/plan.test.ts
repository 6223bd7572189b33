import { asId, type Fingerprint, type PlanStep, type ThreadId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { currentThread } from '../policy/current-thread.ts';
import { agentAnswered, givenScope, message, owner, progressed, testRules } from '../testing/given.ts';

const given = givenScope();
const thread = asId<ThreadId>('t-1');
const ask = { what: 'plan', by: owner.id, thread } as const;
const place = currentThread(given.idle().state, owner.id, testRules);
const bindings = { [place?.fingerprint ?? asId<Fingerprint>('')]: { thread, workspace: asId<never>('/work/app') } };
const steps: readonly PlanStep[] = [
  { step: 'Read `it`', status: 'completed' },
  { step: 'Write', status: 'inProgress' },
  { step: 'Rest', status: 'pending' },
];
const shown = /^- ✓ Read .*\n- → Write\n- ○ Rest$/;

describe('/plan', () => {
  it('of a run that is over is told at once, and survives it', () => {
    const { state } = given.running({ phase: { thread } });
    given
      .idle({ ...state, bindings })
      .when({ ...progressed({ type: 'turn.completed', turn: asId('t'), text: 'Done.' }), plan: steps } as never)
      .when(message('/plan'))
      .leadsTo({ says: [shown] });
  });

  it('of a run that goes on is looked up in what it shows', () => {
    const running = given.idle({ ...given.running({ phase: { thread } }).state, bindings });
    const { effects } = running.when(message('/plan')).leadsTo({ asks: ['agent.ask'] }).decision;
    expect(effects).toEqual([{ type: 'agent.ask', ask: { ...ask, run: 'fake:private/run/1' } }]);
    running.when(agentAnswered(ask, { type: 'plan', steps })).leadsTo({ says: [shown] });
  });

  it('of another thread is not taken for the one of this', () => {
    const other = given.idle({ bindings, plan: { thread: asId('t-2'), steps } });
    other.when(message('/plan')).leadsTo({ asks: ['agent.ask'] });
    other.when(agentAnswered(ask, { type: 'plan', steps: [] })).leadsTo({ says: [/no plan/] });
  });

  it('that Codex proposed as a whole comes from its history', () => {
    given
      .idle({ bindings })
      .when(agentAnswered(ask, { type: 'plan', steps: [], text: '# First this' }))
      .leadsTo({ says: ['# First this'] });
  });

  it('is nowhere without a thread', () => {
    given
      .idle()
      .when(message('/plan'))
      .leadsTo({ says: [/no thread here yet/] });
  });
});
