import { asId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { factsFrom } from '../decide/facts.ts';
import { codeAlias } from '../testing/aliases.ts';
import { givenScope, message, openApproval, owner, resolved, thread, threadsFound } from '../testing/given.ts';
import { parseCommand } from './parse.ts';
import { commands } from './registry.ts';

const given = givenScope();
const withAlias = givenScope({ facts: factsFrom([codeAlias]) });

describe('what is a command', () => {
  it.each([
    ['/new', 'new', ''],
    ['／status', 'status', ''],
    ['  /Add code  0199  ', 'add', 'code  0199'],
    ['/steer two\nlines', 'steer', 'two\nlines'],
  ])('%j', (text, name, args) => {
    expect(parseCommand(text)).toEqual({ name, args });
  });

  it.each(['new', '/etc/hosts is wrong', '//comment', 'say /new', '/', ''])('not %j', (text) => {
    expect(parseCommand(text)).toBeUndefined();
  });

  it('names the nearest one for a slip, and sends nothing to Codex', () => {
    given
      .idle()
      .when(message('/staus'))
      .leadsTo({ says: [/\/staus.*Did you mean `\/status`.*Nothing was sent/], phase: 'idle', waiting: [] });
    given
      .idle()
      .when(message('/xyzzy'))
      .leadsTo({ says: [/^(?!.*Did you mean)/], waiting: [] });
  });
});

it('has names, usages and help in both languages, each name once', () => {
  const names = commands.flatMap((command) => [command.name, ...(command.also ?? [])]);
  expect(new Set(names).size).toBe(names.length);
  for (const command of commands) {
    expect(command.usage.startsWith(`/${command.name}`)).toBe(true);
    expect(command.help.en).not.toBe('');
    expect(command.help.zh).toMatch(/\p{Script=Han}/u);
  }
});

it('lists every command in help', () => {
  const said = given.idle().when(message('/help')).decision.effects[0];
  for (const command of commands) expect(said?.type === 'deliver' && said.message.markdown).toContain(command.usage);
});

describe('/new', () => {
  it('forgets the thread and the alias, not the workspace', () => {
    const { decision } = given
      .idle({ alias: 'code', bindings: { [asId<never>('f')]: { thread: asId('t'), workspace: asId('/w') } } })
      .when(message('/new'));
    expect(decision.state.bindings).toEqual({});
    expect(decision.state.alias).toBeUndefined();
  });
  it('says that a run in progress goes on', () => {
    given
      .running()
      .when(message('/new'))
      .leadsTo({ says: [/goes on/], phase: 'running' });
  });
});

describe('/stop', () => {
  it('interrupts the run and keeps what waits', () => {
    given
      .running({ waiting: ['next'] })
      .when(message('/stop'))
      .leadsTo({ asks: ['run.interrupt'], says: [], waiting: ['next'] })
      .when(message('/stop'))
      .leadsTo({ says: [/being stopped/] });
  });
  it('drops what waits where asked, and says how much', () => {
    given
      .running({ waiting: ['a', 'b'] })
      .when(message('/stop all'))
      .leadsTo({ asks: ['run.interrupt'], says: [/2 waiting messages “a b” were dropped/], waiting: [] });
  });
  it('before the run drops the prompts and says so', () => {
    given
      .collecting('a')
      .when(message('/stop'))
      .leadsTo({ says: [/1 waiting message “a” was dropped/], phase: 'idle', waiting: [] });
    given
      .preparing('a')
      .when(message('/stop'))
      .leadsTo({ says: [/dropped/], waiting: [] })
      .when(resolved())
      .leadsTo({ asks: [], phase: 'idle' });
  });
  it('says so where nothing runs', () => {
    given
      .idle()
      .when(message('/stop'))
      .leadsTo({ says: ['Nothing is running.'] });
  });
});

describe('/steer', () => {
  it('puts words into the run', () => {
    given
      .running()
      .when(message('/steer more to the left'))
      .leadsTo({ asks: ['run.steer'], says: [] });
  });
  it('needs a run and words, and names those that went nowhere', () => {
    given
      .idle()
      .when(message('/steer left'))
      .leadsTo({ says: [/Nothing is running, so “left” went nowhere/] });
    given
      .running()
      .when(message('/steer'))
      .leadsTo({ says: [/Usage: `\/steer TEXT`/] });
  });
});

describe('/status', () => {
  it('tells phase, thread, workspace, access and queue', () => {
    given
      .idle()
      .when(message('/status'))
      .leadsTo({ says: [/Idle[\s\S]*a new one[\s\S]*\/work\/app[\s\S]*workspace, network off[\s\S]*Waiting messages: 0/] });
    given
      .running({ waiting: ['x'], phase: { thread: asId('t-9') } })
      .when(message('/status'))
      .leadsTo({ says: [/Running[\s\S]*t-9[\s\S]*Waiting messages: 1/] });
  });
  it('names open requests with their codes', () => {
    given
      .running({ approvals: [openApproval('k7')] })
      .when(message('/status'))
      .leadsTo({ says: [/Waiting for your answer[\s\S]*k7.*rm -r dist/] });
  });
});

describe('threads and aliases', () => {
  it('/threads asks Codex and shows short ids', () => {
    given
      .idle()
      .when(message('/threads fix'))
      .leadsTo({ asks: ['threads.find'] });
    const found = threadsFound(
      { type: 'list' },
      { threads: [thread('01990000-aaaa-bbbb-cccc-1234deadbeef', { title: 'Fix\nthe build' })] },
    );
    given
      .idle()
      .when(found)
      .leadsTo({ says: [/`deadbeef` Fix the build/] });
    given
      .idle()
      .when(threadsFound({ type: 'list' }, { threads: [] }))
      .leadsTo({ says: [/no threads/] });
    given
      .idle()
      .when(threadsFound({ type: 'list' }, { error: 'No Codex.' }))
      .leadsTo({ says: [/could not be read: No Codex\./] });
  });

  it('/add names the one thread that matches', () => {
    given
      .idle()
      .when(message('/add code deadbeef'))
      .leadsTo({ asks: ['threads.find'] });
    const purpose = { type: 'alias.add', name: 'code', thread: 'deadbeef', by: owner.id } as const;
    const { decision } = given
      .idle()
      .when(threadsFound(purpose, { threads: [thread('x-deadbeef', { cwd: '/work/b' })] }))
      .leadsTo({ says: [/`code` is now/] });
    expect(decision.facts).toMatchObject([{ type: 'put', fact: { name: 'code', thread: 'x-deadbeef', workspace: '/work/b' } }]);
    given
      .idle()
      .when(threadsFound(purpose, { threads: [] }))
      .leadsTo({ says: [/No thread matches/] });
    given
      .idle()
      .when(threadsFound(purpose, { threads: [thread('a'), thread('b')] }))
      .leadsTo({ says: [/matches 2 threads/] });
  });

  it.each(['/add', '/add code', '/add a b c'])('%j explains itself', (text) => {
    given
      .idle()
      .when(message(text))
      .leadsTo({ says: [/Usage/] });
  });

  it('/add refuses names that cannot be typed', () => {
    given
      .idle()
      .when(message('/add `x` deadbeef'))
      .leadsTo({ says: [/short word/] });
  });

  it('/use goes on in the thread and its directory, once the disk agrees', () => {
    const purpose = { type: 'alias.use', name: 'code', thread: '0199-code', by: owner.id } as const;
    const used = withAlias
      .idle()
      .when(message('/use code'))
      .leadsTo({ asks: ['workspace.resolve'] })
      .when(resolved(purpose, { allowed: true, path: asId('/work/other') }))
      .leadsTo({ says: [/now go on in `code`/] });
    expect(used.decision.state).toMatchObject({ workspace: '/work/other', alias: 'code' });
    const run = used.when(message('go')).when({ ...resolved({ type: 'run' }, { allowed: true, path: asId('/work/other') }) });
    expect(run.decision.state.phase.name).toBe('collecting');
    expect(Object.values(used.decision.state.bindings)).toEqual([{ thread: '0199-code', workspace: '/work/other' }]);
  });

  it('/use refuses a directory that policy refuses, and changes nothing', () => {
    const purpose = { type: 'alias.use', name: 'code', thread: '0199-code', by: owner.id } as const;
    const { decision } = withAlias
      .idle()
      .when(resolved(purpose, { allowed: false, reason: 'It is gone.' }))
      .leadsTo({ says: [/cannot be used here\. It is gone\./] });
    expect(decision.state.alias).toBeUndefined();
  });

  it('/use and /list know the aliases of the profile', () => {
    given
      .idle()
      .when(message('/use code'))
      .leadsTo({ says: [/no alias `code`/] });
    given
      .idle()
      .when(message('/use'))
      .leadsTo({ says: [/Usage/] });
    given
      .idle()
      .when(message('/list'))
      .leadsTo({ says: [/No aliases yet/] });
    withAlias
      .idle({ alias: 'code' })
      .when(message('/list'))
      .leadsTo({ says: [/→ `code` Refactor/] });
  });
});

it('/bind names the thread `default` and goes on in it', () => {
  const { decision: asked } = givenScope()
    .idle()
    .when(message('/bind abc'))
    .leadsTo({ asks: ['threads.find'] });
  const purpose = asked.effects[0]?.type === 'threads.find' ? asked.effects[0].purpose : undefined;
  if (purpose === undefined) throw new Error('nothing was looked for');
  const { decision } = givenScope()
    .idle()
    .when(threadsFound(purpose, { threads: [thread('thread-abc')] }))
    .leadsTo({ says: [/`default` is now/], asks: ['workspace.resolve'] });
  expect(decision.facts).toMatchObject([{ fact: { kind: 'alias', name: 'default', thread: 'thread-abc' } }]);
  expect(decision.effects.at(-1)).toMatchObject({ purpose: { type: 'alias.use', name: 'default' } });
  expect(decision.audit).toMatchObject([{ kind: 'config', outcome: 'alias added' }]);
});
