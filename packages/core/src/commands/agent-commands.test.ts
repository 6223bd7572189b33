import { asId, type Fingerprint, type ThreadId, type TurnDetail } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import type { AgentAsk } from '../decide/agent-ask.ts';
import { currentThread } from '../policy/current-thread.ts';
import {
  agentAnswered,
  givenScope,
  message,
  owner,
  progressed,
  resolved,
  testRules,
  thread,
  threadsFound,
} from '../testing/given.ts';

const given = givenScope();
const by = owner.id;
const id = asId<ThreadId>('0199-aaaa-1234abcd');
const fresh = given.idle().state;
const place = currentThread(fresh, by, testRules);
const bound = given.idle({
  bindings: { [place?.fingerprint ?? asId<Fingerprint>('')]: { thread: id, workspace: asId<never>('/work/app') } },
  alias: 'code',
});

describe.each([
  ['/rename New title', { what: 'rename', by, thread: id, title: 'New title' }],
  ['/fork', { what: 'fork', by, thread: id }],
  ['/archive', { what: 'archive', by, thread: id }],
  ['/compact', { what: 'compact', by, thread: id }],
  ['/refresh', { what: 'refresh', by, thread: id }],
] as const)('%s', (text, ask) => {
  it('asks the agent about the thread of this place', () => {
    expect(bound.when(message(text)).leadsTo({ asks: ['agent.ask'] }).decision.effects[0]).toEqual({ type: 'agent.ask', ask });
  });

  it('says so where there is none', () => {
    given
      .idle()
      .when(message(text))
      .leadsTo({ says: [/no thread here yet/] });
  });
});

it.each(['/archive', '/compact'])('%s waits for the end of the run', (text) => {
  given
    .running({ phase: { thread: id } })
    .when(message(text))
    .leadsTo({ says: [/A run is in progress/] });
});

it.each(['/rename', '/resume', '/resume a b'])('%j explains itself', (text) => {
  bound.when(message(text)).leadsTo({ says: [/Usage/] });
});

describe('what the agent answers', () => {
  const ask = (what: AgentAsk['what']) => ({ what, by, thread: id, title: 'T' }) as AgentAsk;

  it('is told: done', () => {
    bound.when(agentAnswered(ask('rename'), { type: 'done' })).leadsTo({ says: [/now called “T”/] });
    bound.when(agentAnswered(ask('compact'), { type: 'done' })).leadsTo({ says: [/summed up/] });
  });

  it('is told: not done, or unknown', () => {
    bound
      .when(agentAnswered(ask('fork'), { type: 'failed', message: 'It is held.' }))
      .leadsTo({ says: [/could not be done\. It is held\./] });
    bound.when(agentAnswered(ask('fork'), { type: 'unknown' })).leadsTo({ says: [/may or may not/] });
  });

  it('a copy is gone on in from then on', () => {
    const { decision } = bound
      .when(agentAnswered(ask('fork'), { type: 'forked', thread: thread('0199-copy') }))
      .leadsTo({ says: [/copy/] });
    expect(Object.values(decision.state.bindings)).toMatchObject([{ thread: '0199-copy' }]);
    expect(decision.state.alias).toBeUndefined();
  });

  it('an archived thread is not gone on in', () => {
    const { decision } = bound.when(agentAnswered(ask('archive'), { type: 'done' })).leadsTo({ says: [/put away/] });
    expect(decision.state.bindings).toEqual({});
  });
});

describe('/model', () => {
  const models = ['gpt-a', 'gpt-b'].map((model) => ({
    id: model,
    title: model.toUpperCase(),
    efforts: [],
    inputs: [],
    isDefault: false,
  }));

  it('lists, chooses, and knows what there is not', () => {
    expect(given.idle().when(message('/model gpt-b')).decision.effects[0]).toEqual({
      type: 'agent.ask',
      ask: { what: 'models', by, wanted: 'gpt-b' },
    });
    given
      .idle()
      .when(agentAnswered({ what: 'models', by }, { type: 'models', models }))
      .leadsTo({ says: [/gpt-a[\s\S]*gpt-b/] });
    given
      .idle()
      .when(agentAnswered({ what: 'models', by, wanted: 'x' }, { type: 'models', models }))
      .leadsTo({ says: [/no model `x`[\s\S]*gpt-a/] });
  });

  it('is used by the next run', () => {
    const chosen = given
      .idle()
      .when(agentAnswered({ what: 'models', by, wanted: 'gpt-b' }, { type: 'models', models }))
      .leadsTo({ says: [/now use `gpt-b`/] });
    const run = given.preparing('go').when(resolved());
    expect(run.decision.effects[0]).not.toHaveProperty('input.model');
    const next = givenScope()
      .idle({ ...given.preparing('go').state, model: chosen.decision.state.model ?? '' })
      .when(resolved());
    expect(next.decision.effects[0]).toMatchObject({ type: 'run.start', input: { model: 'gpt-b' } });
  });
});

describe('/usage', () => {
  it('shows each limit and when it resets', () => {
    const windows = [
      { usedPercent: 41.6, resetsAt: Date.UTC(2026, 0, 2, 3, 4) },
      { name: 'weekly', usedPercent: 7 },
    ];
    const { decision } = given
      .idle()
      .when(message('/usage'))
      .leadsTo({ asks: ['agent.ask'] });
    expect(decision.effects[0]).toMatchObject({ ask: { what: 'limits' } });
    given
      .idle()
      .when(agentAnswered({ what: 'limits', by }, { type: 'limits', limits: { windows, isReached: false } }))
      .leadsTo({
        says: [/42 % used, resets at 2026-01-02 03:04 UTC[\s\S]*weekly: 7 %/],
      });
  });
});

describe('/refresh', () => {
  const turn = (n: number): TurnDetail => ({
    ...{ turn: asId(`turn-${n}`), status: 'completed', text: `answer ${n}` },
    items: [{ id: asId(`i${n}`), type: 'user.message', text: `asked ${n}\nat the desk` }],
  });

  it('shows the turns made elsewhere, and remembers how far it was read', () => {
    const ask = { what: 'refresh', by, thread: id } as const;
    const read = bound.when(agentAnswered(ask, { type: 'turns', turns: [turn(1), turn(2)], isCut: false })).leadsTo({
      says: [/> asked 1\n> at the desk\n\nanswer 1[\s\S]*answer 2/],
    });
    expect(read.when(message('/refresh')).decision.effects[0]).toMatchObject({ ask: { what: 'refresh', seen: 'turn-2' } });
  });

  it('says that there is nothing, and that there was more', () => {
    const ask = { what: 'refresh', by, thread: id } as const;
    bound.when(agentAnswered(ask, { type: 'turns', turns: [], isCut: false })).leadsTo({ says: [/Nothing new/] });
    bound.when(agentAnswered(ask, { type: 'turns', turns: [turn(1)], isCut: true })).leadsTo({ says: [/more before them/] });
  });

  it('counts what ran here as seen', () => {
    const running = given.running({ phase: { thread: id } }).when(progressed({ type: 'turn.started', turn: asId('turn-7') }));
    expect(running.decision.state.seen).toEqual({ [id]: 'turn-7' });
  });
});

describe('/resume', () => {
  it('goes on in the thread that is found, in its own directory, once the disk agrees', () => {
    given
      .idle()
      .when(message('/resume 1234ABCD'))
      .leadsTo({ asks: ['threads.find'] });
    const found = threadsFound(
      { type: 'resume', thread: '1234abcd', by },
      { threads: [thread(id, { title: 'Desk', cwd: '/work/desk' })] },
    );
    const asked = given
      .idle({ alias: 'old' })
      .when(found)
      .leadsTo({ asks: ['workspace.resolve'] });
    const purpose = { type: 'thread.use', thread: id, title: 'Desk', by } as const;
    const used = asked
      .when(resolved(purpose, { allowed: true, path: asId('/work/desk') }))
      .leadsTo({ says: [/go on in “Desk”, in `\/work\/desk`/] });
    expect(used.decision.state).toMatchObject({ workspace: '/work/desk' });
    expect(currentThread(used.decision.state, by, testRules)?.thread).toBe(id);
    asked
      .when(resolved(purpose, { allowed: false, reason: 'It is gone.' }))
      .leadsTo({ says: [/cannot be used here\. It is gone/] });
  });
});

it('/reset is /new', () => {
  expect(bound.when(message('/reset')).decision.state.bindings).toEqual({});
});
