import { asId, type Fingerprint, type RunItem, type ThreadId, type TurnDetail } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { currentThread } from '../policy/current-thread.ts';
import { planRun } from '../policy/plan-run.ts';
import {
  agentAnswered,
  fired,
  givenScope,
  lost,
  message,
  owner,
  progressed,
  recalled,
  resolved,
  testRules,
  type When,
} from '../testing/given.ts';
import type { AgentReply } from './agent-ask.ts';

const thread = asId<ThreadId>('t1');
const before = { asked: '/work/app', workspace: asId<never>('/work/app') };
const place = currentThread(givenScope().idle().state, owner.id, testRules);
const bindings = { [place?.fingerprint ?? asId<Fingerprint>('')]: { thread, workspace: before.workspace } };
const known = { bindings, seen: { [thread]: asId<never>('turn-0') } };
const waiting = givenScope({ runs: { ...testRules.runs, whenMoved: 'wait' } });
const quiet = (round: number) => fired({ name: 'quiet', round });

const user = (text: string): RunItem => ({ id: asId('u'), type: 'user.message', text });
const turn = (n: number, change: Partial<TurnDetail> = {}): TurnDetail => ({
  ...{ turn: asId(`turn-${n}`), status: 'completed', text: `answer ${n}`, items: [user(`question ${n}`)], ...change },
});
const read = (...turns: readonly TurnDetail[]) => answered({ type: 'turns', turns, isCut: false });
const answered = (reply: AgentReply) => agentAnswered({ what: 'refresh', by: owner.id, thread, before }, reply);

/** Up to the look at the thread. */
function looking(given = givenScope(), state: object = known): When {
  return given
    .idle(state)
    .when(message('go on'))
    .when(quiet(1))
    .leadsTo({ asks: ['workspace.resolve'] })
    .when(resolved())
    .leadsTo({ phase: 'preparing', asks: ['agent.ask'], waiting: ['go on'] });
}

describe('before words go into a thread that was seen here (CO-6)', () => {
  it('it is read, and where nothing happened elsewhere they go in without a word', () => {
    expect(looking().decision.effects[0]).toMatchObject({ ask: { what: 'refresh', thread, seen: 'turn-0', before } });
    looking()
      .when(read())
      .leadsTo({ phase: 'running', asks: ['run.start'] });
    looking()
      .when(answered({ type: 'failed', message: 'No.' }))
      .leadsTo({ phase: 'running', asks: ['run.start'] });
  });

  it('people are told first what happened there, shortly', () => {
    const long = turn(4, { text: `${'long '.repeat(100)}`, items: [user('with\nlines')] });
    const told = looking()
      .when(read(turn(1), turn(2), turn(3, { status: 'interrupted', text: '' }), long))
      .leadsTo({
        ...{ phase: 'running', asks: ['run.start'] },
        says: [/4 turns.*\n- question 2 → answer 2\n- question 3 → \(interrupted\)\n- with lines → (long ){32}…$/],
      });
    expect(told.decision.effects.map(({ type }) => type)).toEqual(['deliver', 'run.start']);
    expect(told.decision.state.seen).toEqual({ [thread]: 'turn-4' });
  });

  it('neither a summing-up nor what still goes on there counts', () => {
    looking()
      .when(read(turn(1, { items: [] }), turn(2, { status: 'inProgress' })))
      .leadsTo({ phase: 'running', asks: ['run.start'] });
  });

  it('is not looked at where the thread is new, or was never seen', () => {
    for (const state of [{}, { bindings }])
      givenScope()
        .idle(state)
        .when(message('go on'))
        .when(quiet(1))
        .when(resolved())
        .leadsTo({ phase: 'running', asks: ['run.start'] });
  });

  it('looks again where words or places changed meanwhile', () => {
    looking()
      .when(recalled('go on'))
      .leadsTo({ says: [/Taken back/] })
      .when(read(turn(1)))
      .leadsTo({ phase: 'idle' });
    looking()
      .when(message('/new'))
      .when(read(turn(1)))
      .leadsTo({ phase: 'preparing', asks: ['workspace.resolve'] });
  });

  it('a group is told that, not what', () => {
    const scope = { id: asId<never>('fake:g'), channel: asId<never>('fake'), kind: 'group' } as const;
    const access = { ...testRules.access, chats: [scope.id] };
    const { fingerprint } = planRun(scope, [owner.id], before.workspace, { ...testRules, access });
    const state = { ...known, bindings: { [fingerprint]: { thread, workspace: before.workspace } } };
    givenScope({ access })
      .idle(state)
      .when(message('hi', { scope }))
      .when(quiet(1))
      .when(resolved())
      .leadsTo({ asks: ['agent.ask'] })
      .when(read(turn(1)))
      .leadsTo({ says: [/^This thread went on.*:$/], asks: ['run.start'] });
  });
});

describe('where words wait for /refresh', () => {
  const held = () =>
    looking(waiting)
      .when(read(turn(1)))
      .leadsTo({ phase: 'preparing', says: [/one turn\), so your words wait/], waiting: ['go on'] });

  it('they go in once it was read, with what was said meanwhile', () => {
    const asked = held()
      .when(message('and this'))
      .leadsTo({ says: [/`\/refresh` shows/], waiting: ['go on', 'and this'] })
      .when(message('/refresh'))
      .leadsTo({ asks: ['agent.ask'] });
    expect(asked.decision.effects[0]).toMatchObject({ ask: { what: 'refresh', thread, seen: 'turn-0' } });
    asked
      .when(agentAnswered({ what: 'refresh', by: owner.id, thread }, { type: 'turns', turns: [turn(1)], isCut: false }))
      .leadsTo({ says: [/answer 1/], asks: ['workspace.resolve'], phase: 'preparing' })
      .when(resolved())
      .when(read())
      .leadsTo({ phase: 'running', asks: ['run.start'] });
  });

  it('a late second reading changes nothing', () => {
    held()
      .when(read(turn(1)))
      .leadsTo({ phase: 'preparing' });
  });

  it('a new thread takes them, and they can be dropped or taken back', () => {
    held()
      .when(message('/new'))
      .leadsTo({ says: [/new thread/], asks: ['workspace.resolve'] })
      .when(resolved())
      .leadsTo({ phase: 'running', asks: ['run.start'] });
    held()
      .when(message('/stop'))
      .leadsTo({ phase: 'idle', says: [/dropped/], waiting: [] });
    held()
      .when(recalled('go on'))
      .leadsTo({ phase: 'idle', says: [/Taken back/] });
    held()
      .when(message('/status'))
      .leadsTo({ says: [/Waiting: the thread went on elsewhere/] });
  });
});

it('the turn of a run is seen, whatever else was missed of it', () => {
  const running = givenScope().running({ phase: { thread } });
  const seen = { [thread]: 'turn-7' };
  const done = progressed({ type: 'turn.completed', turn: asId('turn-7'), text: '' });
  expect(running.when(done).decision.state.seen).toEqual(seen);
  expect(running.when(lost({ turn: asId('turn-7') })).decision.state.seen).toEqual(seen);
});
