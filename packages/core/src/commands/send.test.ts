import { asId, type RunId, type ThreadId, type TurnId, type WorkspacePath } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { applyFacts, noFacts } from '../decide/facts.ts';
import { currentThread } from '../policy/current-thread.ts';
import { agentAnswered, fired, givenScope, message, owner, progressed, resolved, runHeld, testRules } from '../testing/given.ts';

const thread = asId<ThreadId>('t-code');
const there = asId<WorkspacePath>('/work/code');
const alias = { kind: 'alias', name: 'code', thread, workspace: there, title: 'Code', addedBy: owner.id, addedAt: 0 } as const;
const given = givenScope({ facts: applyFacts(noFacts, [{ type: 'put', fact: alias }]) });
const turn = asId<TurnId>('turn-1');
const checked = { ...resolved({ type: 'run' }, { allowed: true, path: there }), asked: there };
const quiet = (round: number) => fired({ name: 'quiet', round });
const second = asId<RunId>('fake:private/run/2');

const sent = given
  .idle()
  .when(message('/send code do it\nthere'))
  .leadsTo({ phase: 'collecting', asks: ['timer'], waiting: ['do it\nthere'] })
  .when(quiet(1))
  .leadsTo({ phase: 'preparing', asks: ['workspace.resolve'] });
const running = sent.when(checked).leadsTo({ phase: 'running', asks: ['run.start'] });

describe('/send (CO-4)', () => {
  it('asks the named thread in its own checked directory, with approvals, and leaves a line in the audit log', () => {
    expect(sent.decision.effects[0]).toMatchObject({ path: there });
    expect(running.decision.effects[0]).toMatchObject({ input: { thread, workspace: there, approvals: 'on-request' } });
    expect(running.decision.audit[0]).toMatchObject({
      ...{ kind: 'run', actor: owner.id, outcome: 'planned' },
      detail: { alias: 'code', thread, workspace: there, sandbox: 'workspace-write' },
    });
  });

  it('brings the answer here, says whose it is, and the conversation stays where it was', () => {
    const started = running.when(progressed({ type: 'thread.started', thread, isNew: false })).leadsTo({ phase: 'running' });
    expect(started.decision.state.bindings).toEqual({});
    expect(currentThread(started.decision.state, owner.id, testRules)?.thread).toBeUndefined();
    const ended = started
      .when(progressed({ type: 'turn.completed', turn, text: 'Done there.' }))
      .leadsTo({ phase: 'idle', says: [/^Done there\.\n\nAnswer from `code`\.$/] });
    expect(ended.decision.state).toMatchObject({ bindings: {} });
    expect(ended.decision.state).not.toHaveProperty('workspace');
    expect(ended.decision.state).not.toHaveProperty('alias');
  });

  it('goes alone, in its place among the other words', () => {
    const mixed = given
      .collecting('before')
      .when(message('/send code there'))
      .when(message('after'))
      .when(quiet(3))
      .leadsTo({ phase: 'preparing', asks: ['workspace.resolve'] })
      .when(resolved())
      .leadsTo({ phase: 'running', asks: ['run.start'], waiting: ['there', 'after'] })
      .when(progressed({ type: 'turn.completed', turn, text: 'one' }))
      .leadsTo({ says: ['one'], phase: 'preparing', asks: ['workspace.resolve'] })
      .when(checked)
      .leadsTo({ phase: 'running', asks: ['run.start'], waiting: ['after'] })
      .when(progressed({ type: 'turn.completed', turn, text: 'two' }, second))
      .leadsTo({ says: ['Answer from `code`'], phase: 'preparing', asks: ['workspace.resolve'] });
    expect(mixed.decision.effects.at(-1)).toMatchObject({ path: '/work/app' });
  });

  it('is never put into the run in progress, nor are other words into its run', () => {
    const steering = givenScope({
      facts: applyFacts(noFacts, [{ type: 'put', fact: alias }]),
      runs: { ...testRules.runs, duringRun: 'steer' },
    });
    steering
      .running()
      .when(message('/send code x'))
      .leadsTo({ says: [/Waiting/], waiting: ['x'] });
    const own = steering.idle().when(message('/send code x')).when(quiet(1)).when(checked);
    own.when(message('and y')).leadsTo({ says: [/Waiting/], waiting: ['and y'] });
  });

  it('is told where its directory may not be worked in, and what waits behind it has its turn', () => {
    sent
      .when(message('later'))
      .when({ ...checked, result: { allowed: false, reason: 'It is gone.' } } as never)
      .leadsTo({
        ...{ says: ['`code` cannot be used here. It is gone.'], asks: ['workspace.resolve'] },
        ...{ phase: 'preparing', waiting: ['later'] },
      });
  });

  it('looks again where the words that the directory was looked at for are gone', () => {
    sent
      .when(message('/stop'))
      .when(message('other'))
      .when(checked)
      .leadsTo({ phase: 'preparing', asks: ['workspace.resolve'], waiting: ['other'] });
  });

  it('goes on in a copy of the named thread where another program has it open and people want that', () => {
    const copy = {
      id: asId<ThreadId>('t-copy'),
      title: '',
      cwd: there,
      createdAt: 0,
      updatedAt: 0,
      source: 'x',
      isActive: false,
    };
    const again = running
      .when(runHeld())
      .when(agentAnswered({ what: 'fork', by: owner.id, thread: asId('t1') }, { type: 'forked', thread: copy as never }))
      .leadsTo({ phase: 'preparing', says: [/copy/], asks: ['workspace.resolve'] })
      .when(checked)
      .leadsTo({ phase: 'running', asks: ['run.start'] });
    expect(again.decision.effects[0]).toMatchObject({ input: { thread: 't-copy', workspace: there } });
    expect(again.decision.state.bindings).toEqual({});
  });

  it('is shown in /queue, and wants a name that exists and words', () => {
    given
      .running()
      .when(message('/send code x'))
      .when(message('/queue'))
      .leadsTo({ says: ['1. `code` ← x'] });
    given
      .idle()
      .when(message('/send code'))
      .leadsTo({ says: [/Usage/] });
    given
      .idle()
      .when(message('/send nope x'))
      .leadsTo({ says: [/no alias `nope`/] });
  });
});
