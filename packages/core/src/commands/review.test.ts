import { asId, type ThreadId, type TurnId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { fired, givenScope, message, owner, progressed, resolved, runHeld } from '../testing/given.ts';

const given = givenScope();
const turn = asId<TurnId>('turn-1');
const quiet = (round: number) => fired({ name: 'quiet', round });

const reviewed = (text: string) => given.idle().when(message(text)).when(quiet(1)).when(resolved()).decision;

describe('/review', () => {
  it.each([
    ['/review', { type: 'uncommittedChanges' }],
    ['/review uncommitted', { type: 'uncommittedChanges' }],
    ['/review branch feature/a-b', { type: 'baseBranch', branch: 'feature/a-b' }],
    ['/review commit 0a1b2c3d', { type: 'commit', sha: '0a1b2c3d' }],
    ['/review commit --all', { type: 'custom', instructions: 'commit --all' }],
    ['/review branch of the river', { type: 'custom', instructions: 'branch of the river' }],
    ['/review the error paths', { type: 'custom', instructions: 'the error paths' }],
  ] as const)('%s', (text, target) => {
    expect(reviewed(text).effects).toMatchObject([{ type: 'run.start', review: target }]);
  });

  it('runs under the policy of any run, in its checked directory, with a line in the audit log', () => {
    const { effects, audit } = reviewed('/review');
    const input = { workspace: '/work/app', sandbox: 'workspace-write', network: false, approvals: 'on-request' };
    expect(effects).toMatchObject([{ input, wallTimeoutMs: 7_200_000 }]);
    expect(audit).toMatchObject([{ kind: 'run', actor: owner.id, outcome: 'planned', detail: { review: 'uncommittedChanges' } }]);
  });

  it('goes alone, in its place among the words that wait', () => {
    given
      .collecting('before')
      .when(message('/review'))
      .when(message('after'))
      .when(quiet(3))
      .when(resolved())
      .leadsTo({ asks: ['run.start'], phase: 'running', waiting: ['/review', 'after'] })
      .when(progressed({ type: 'turn.completed', turn, text: 'one' }))
      .when(resolved())
      .leadsTo({ asks: ['run.start'], phase: 'running', waiting: ['after'] });
  });

  it('is never put into the run in progress', () => {
    const steering = givenScope({
      runs: {
        quietWindowMs: 600,
        idleTimeoutMs: 1,
        wallTimeoutMs: 1,
        maxPending: 2,
        duringRun: 'steer',
        whenMoved: 'tell',
        verbosity: 'quiet',
      },
    });
    const running = steering.running();
    running.when(message('words')).leadsTo({ asks: ['run.steer'] });
    running.when(message('/review')).leadsTo({ says: [/Waiting/], waiting: ['/review'] });
  });

  it('cannot be left in the queue of another program', () => {
    const thread = { thread: asId<ThreadId>('t1') };
    const words = given.running({ phase: thread }).when(runHeld()).decision;
    expect(words.state.phase).toMatchObject({ ways: ['wait', 'queue', 'fork'] });
    const run = given.idle(reviewed('/review').state);
    expect(run.when(runHeld()).decision.state.phase).toMatchObject({ ways: ['wait', 'fork'] });
  });
});
