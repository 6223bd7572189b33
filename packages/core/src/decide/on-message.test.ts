import { actorId, asId, scopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { fired, givenScope, message, owner, privateScope, recalled, resolved, stranger, testRules } from '../testing/given.ts';

const given = givenScope();

describe('who is listened to', () => {
  it('tells a stranger how to ask, and nothing reaches the queue', () => {
    given
      .idle()
      .when(message('hi', { by: stranger }))
      .leadsTo({ says: [stranger.id], phase: 'idle', waiting: [] });
  });

  it('does not let a stranger move the place that answers hang on', () => {
    const { decision } = given.idle({ reply: { to: 'the owner' } }).when(message('hi', { by: stranger }));
    expect(decision.state.reply).toEqual({ to: 'the owner' });
  });

  it('does not let a stranger give commands', () => {
    given
      .running()
      .when(message('/stop', { by: stranger }))
      .leadsTo({ says: [/only answer my owner/], phase: 'running' });
  });

  it('never answers another program', () => {
    given
      .idle()
      .when(message('ping', { by: { ...owner, isBot: true } }))
      .leadsTo({ says: [], phase: 'idle' });
  });

  it('is silent in a group where it was not addressed', () => {
    const group = { id: scopeId(asId('fake'), 'g'), channel: asId<never>('fake'), kind: 'group' } as const;
    given
      .idle()
      .when(message('lunch?', { scope: group, isAddressed: false }))
      .leadsTo({ says: [] });
  });

  it('knows owners by their whole id, channel included', () => {
    const namesake = { id: actorId(asId('other'), 'owner') };
    given
      .idle()
      .when(message('hi', { by: namesake }))
      .leadsTo({ says: [namesake.id] });
  });
});

describe('the quiet window', () => {
  it('joins quick messages into one prompt', () => {
    const collected = given
      .idle()
      .when(message('one'))
      .leadsTo({ asks: ['timer'], phase: 'collecting' })
      .when(message('two'))
      .leadsTo({ asks: ['timer'], waiting: ['one', 'two'] });
    collected
      .when(fired({ name: 'quiet', round: 1 }))
      .leadsTo({ asks: [], phase: 'collecting' })
      .when(fired({ name: 'quiet', round: 2 }))
      .leadsTo({ asks: ['workspace.resolve'], phase: 'preparing' });
    const run = collected
      .when(fired({ name: 'quiet', round: 2 }))
      .when(resolved())
      .leadsTo({ asks: ['run.start'], phase: 'running', waiting: [] });
    expect(run.decision.effects[0]).toMatchObject({
      type: 'run.start',
      input: { prompt: 'one\n\ntwo', sandbox: 'workspace-write', approvals: 'on-request' },
    });
  });

  it('can be switched off', () => {
    const eager = givenScope({ runs: { ...testRules.runs, quietWindowMs: 0 } });
    eager
      .idle()
      .when(message('now'))
      .leadsTo({ asks: ['workspace.resolve'], phase: 'preparing' });
  });

  it('takes what arrives while the workspace is looked at into the same run', () => {
    const run = given
      .preparing('one')
      .when(message('two'))
      .leadsTo({ phase: 'preparing' })
      .when(resolved())
      .leadsTo({ asks: ['run.start'] });
    expect(run.decision.effects[0]).toMatchObject({ input: { prompt: 'one\n\ntwo' } });
  });
});

describe('messages during a run', () => {
  it('wait, and the person is told so', () => {
    given
      .running()
      .when(message('later'))
      .leadsTo({ says: [/1 in line/], waiting: ['later'], phase: 'running' });
  });

  it('steer it where the profile says so', () => {
    const steering = givenScope({ runs: { ...testRules.runs, duringRun: 'steer' } });
    steering
      .running()
      .when(message('left!'))
      .leadsTo({ asks: ['run.steer'], waiting: [] });
  });

  it('wait even then once the run is being stopped', () => {
    const steering = givenScope({ runs: { ...testRules.runs, duringRun: 'steer' } });
    steering
      .running({ phase: { stopping: { reason: 'asked', by: owner.id } } })
      .when(message('next'))
      .leadsTo({ says: [/in line/], waiting: ['next'] });
  });
});

describe('what cannot be a prompt', () => {
  it('says that files beside a command are not taken, instead of dropping them silently', () => {
    const file = { kind: 'file', name: 'a.pdf', ref: null } as const;
    given
      .idle()
      .when(message('/new', { attachments: [file] }))
      .leadsTo({ says: [/new thread/, /not taken/], waiting: [] });
  });

  it('says that a text is too long, instead of cutting it or losing it', () => {
    given
      .idle()
      .when(message('x'.repeat(10_000_000)))
      .leadsTo({ says: [/10000000 characters; up to 200000/], phase: 'idle', waiting: [] });
  });

  it('ignores an empty message', () => {
    given.idle().when(message('  \n ')).leadsTo({ says: [], phase: 'idle', waiting: [] });
  });

  it('sends nothing without a workspace, and says what to set', () => {
    const nowhere = givenScope({ workspaces: { aliases: {} }, runs: { ...testRules.runs, quietWindowMs: 0 } });
    nowhere
      .idle()
      .when(message('go'))
      .leadsTo({ says: [/workspaces\.default/], phase: 'idle', waiting: [] });
  });

  it('sends nothing into a refused workspace, and says why', () => {
    given
      .preparing('go')
      .when(resolved({ type: 'run' }, { allowed: false, reason: '`/` is a file-system root.' }))
      .leadsTo({
        says: ['file-system root'],
        phase: 'idle',
        waiting: [],
      });
  });
});

describe('a recalled message', () => {
  it('never reaches Codex if it still waits', () => {
    given
      .collecting('secret')
      .when(recalled('secret'))
      .leadsTo({ says: [/Taken back/], phase: 'idle', waiting: [] });
    given
      .running({ waiting: ['one', 'two'] })
      .when(recalled('one'))
      .leadsTo({ says: [/Taken back/], waiting: ['two'] });
  });

  it('leaves an empty preparation, which then starts nothing', () => {
    given
      .preparing('x')
      .when(recalled('x'))
      .leadsTo({ says: [/Taken back/] })
      .when(resolved())
      .leadsTo({ asks: [], phase: 'idle' });
  });

  it('is not taken from a stranger', () => {
    given
      .collecting('mine')
      .when(recalled('mine', stranger))
      .leadsTo({ says: [], waiting: ['mine'] });
  });

  it('is taken where the platform does not tell who did it', () => {
    given
      .collecting('mine')
      .when(recalled('mine', null))
      .leadsTo({ says: [/Taken back/], waiting: [] });
  });

  it('that was never there changes nothing', () => {
    given.idle().when(recalled('unknown')).leadsTo({ says: [], phase: 'idle' });
  });
});

it('keeps the conversation, not the first message, as the place of answers', () => {
  const { decision } = given.idle().when(message('hello'));
  expect(decision.state.reply).toEqual({ to: 'hello' });
  expect(decision.state.scope).toEqual(privateScope);
});

it('takes no more than may wait, and says that it did not take it', () => {
  const full = givenScope({ runs: { ...testRules.runs, maxPending: 2 } });
  full
    .running({ waiting: ['one', 'two'] })
    .when(message('three'))
    .leadsTo({ says: [/2 messages already wait here, so this one “three” was not taken/], waiting: ['one', 'two'] });
  full
    .preparing('one', 'two')
    .when(message('three'))
    .leadsTo({ says: [/not taken/], waiting: ['one', 'two'] });
  full
    .collecting('one', 'two')
    .when(message('three'))
    .leadsTo({ says: [/not taken/], waiting: ['one', 'two'] });
});
