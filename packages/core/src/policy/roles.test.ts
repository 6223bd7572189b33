import { type ActorId, actorId, asId, type Scope, scopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { applyFacts, type Group, type Member, noFacts } from '../decide/facts.ts';
import type { Rules } from '../decide/rules.ts';
import { givenScope, message, openApproval, owner, resolved, stranger, testRules } from '../testing/given.ts';
import { planRun } from './plan-run.ts';

const channel = asId<never>('fake');
const chat = scopeId(channel, 'oc_team');
const group: Scope = { id: chat, channel, kind: 'group' };
const topic: Scope = { id: scopeId(channel, 'oc_team/omt_1'), channel, kind: 'topic', parent: chat };
const admin = { id: actorId(channel, 'ada'), name: 'Ada' };
const user = { id: actorId(channel, 'uma'), name: 'Uma' };
const anybody = { id: actorId(channel, 'guest'), name: 'Gus' };

const approved = (access: Group['access'] = 'read-only', status: Group['status'] = 'approved'): Group => ({
  ...{ kind: 'group', name: chat, status, access, addedBy: owner.id, addedAt: 0 },
});
const rulesWith = (change: Partial<Rules> = {}, ...groups: Group[]): Partial<Rules> => ({
  access: { ...testRules.access, admins: [admin.id], users: [user.id] },
  facts: applyFacts(
    noFacts,
    groups.map((fact) => ({ type: 'put', fact })),
  ),
  ...change,
});
const closed = givenScope(rulesWith());
const open = givenScope(rulesWith({}, approved()));
const now = { runs: { ...testRules.runs, quietWindowMs: 0 } };

describe('a group', () => {
  it('is closed until the owner opens it, to the owner too', () => {
    for (const by of [owner, admin, anybody]) {
      closed
        .idle()
        .when(message('hello bot', { scope: group, by }))
        .leadsTo({ says: [/not open to me yet.*\/group approve fake:oc_team/], waiting: [] });
    }
  });

  it('once open answers everybody who addresses the bot, and nobody else', () => {
    open
      .idle()
      .when(message('what is this?', { scope: group, by: anybody }))
      .leadsTo({ asks: ['timer'], phase: 'collecting' });
    open
      .idle()
      .when(message('lunch?', { scope: group, by: anybody, isAddressed: false }))
      .leadsTo({ says: [], waiting: [] });
  });

  it('hears everything where the profile says so', () => {
    const all = givenScope(rulesWith({ access: { ...testRules.access, requireMention: false } }, approved()));
    all
      .idle()
      .when(message('lunch?', { scope: group, by: anybody, isAddressed: false }))
      .leadsTo({ asks: ['timer'] });
  });

  it('opens its topics with itself', () => {
    open
      .idle()
      .when(message('and here?', { scope: topic, by: anybody }))
      .leadsTo({ asks: ['timer'] });
    closed
      .idle()
      .when(message('and here?', { scope: topic, by: anybody }))
      .leadsTo({ says: [/oc_team/] });
  });

  it('stays closed once disabled, whatever the configuration says', () => {
    const disabled = givenScope(rulesWith({ access: { ...testRules.access, chats: [chat] } }, approved('read-only', 'disabled')));
    disabled
      .idle()
      .when(message('hello', { scope: group, by: owner }))
      .leadsTo({ says: [/not open/] });
  });

  it('is read-only question and answer: no approvals, nothing secret to read', () => {
    const eager = givenScope(rulesWith(now, approved()));
    const run = eager
      .idle()
      .when(message('what is this?', { scope: group, by: anybody }))
      .when(resolved())
      .leadsTo({ asks: ['run.start'] });
    expect(run.decision.effects[0]).toMatchObject({
      input: { sandbox: 'read-only', approvals: 'never', denyRead: testRules.secretPaths },
    });
    expect(run.decision.audit).toMatchObject([
      { kind: 'run', outcome: 'planned', detail: { access: 'read-only', approvals: 'never' } },
    ]);
  });

  it('raised to workspace lets users write, not guests', () => {
    const all: Rules = { ...testRules, ...rulesWith({}, approved('workspace')) };
    const plan = (...actors: readonly ActorId[]) => planRun(group, actors, asId('/work/app'), all).access;
    expect(plan(user.id)).toBe('workspace');
    expect(plan(anybody.id)).toBe('read-only');
    expect(plan(user.id, anybody.id)).toBe('read-only');
  });

  it('takes no management, no aliases and no directories from anyone', () => {
    for (const text of ['/group list', '/invite fake:x', '/cd /', '/ws', '/add a b', '/use a', '/threads', '/list']) {
      open
        .idle()
        .when(message(text, { scope: group, by: owner }))
        .leadsTo({ says: [/private chat only/] });
    }
  });

  it('gives its guests the harmless commands', () => {
    open
      .idle()
      .when(message('/status', { scope: group, by: anybody }))
      .leadsTo({ says: [/Idle/] });
    open
      .idle()
      .when(message('/steer x', { scope: group, by: anybody }))
      .leadsTo({ says: [/is for users/] });
    const help = open.idle().when(message('/help', { scope: group, by: anybody })).decision.effects[0];
    expect(help?.type === 'deliver' && help.message.markdown).not.toContain('/group');
  });
});

describe('/group', () => {
  it('is the owner’s, and makes a fact and a line in the audit log', () => {
    const { decision } = closed
      .idle()
      .when(message('/group approve fake:oc_team'))
      .leadsTo({ says: [/approved, read-only/] });
    expect(decision.facts).toMatchObject([
      { type: 'put', fact: { kind: 'group', name: chat, status: 'approved', access: 'read-only' } },
    ]);
    expect(decision.audit).toMatchObject([
      { kind: 'access', outcome: 'allowed' },
      { kind: 'config', outcome: 'group approved', actor: owner.id },
    ]);
    closed
      .idle()
      .when(message('/group approve fake:oc_team', { by: admin }))
      .leadsTo({ says: [/is for owners/] });
  });

  it('raises, disables, resets, shows and lists', () => {
    closed
      .idle()
      .when(message('/group approve fake:oc_team workspace'))
      .leadsTo({ says: [/approved, workspace/] });
    open
      .idle()
      .when(message('/group disable fake:oc_team'))
      .leadsTo({ says: [/disabled/] });
    expect(open.idle().when(message('/group reset fake:oc_team')).decision.facts).toContainEqual({
      type: 'remove',
      kind: 'group',
      name: chat,
    });
    open
      .idle()
      .when(message('/group status fake:oc_team'))
      .leadsTo({ says: [/approved/] });
    closed
      .idle()
      .when(message('/group status fake:oc_team'))
      .leadsTo({ says: [/unknown/] });
    open
      .idle()
      .when(message('/group list'))
      .leadsTo({ says: [/oc_team.*approved/] });
    closed
      .idle()
      .when(message('/group list'))
      .leadsTo({ says: [/No group/] });
  });

  it.each(['/group', '/group approve', '/group open fake:x', '/group approve fake:x full'])('%j explains itself', (text) => {
    closed
      .idle()
      .when(message(text))
      .leadsTo({ says: [/Usage/] });
  });
});

describe('invitations', () => {
  it('let somebody in', () => {
    const { decision } = closed
      .idle()
      .when(message(`/invite ${stranger.id}`))
      .leadsTo({ says: [/is now a user/] });
    const facts = applyFacts(noFacts, decision.facts);
    givenScope({ facts })
      .idle()
      .when(message('hi', { by: stranger }))
      .leadsTo({ asks: ['timer'] });
  });

  it('to be an admin come from the owner only', () => {
    closed
      .idle()
      .when(message(`/invite ${stranger.id} admin`))
      .leadsTo({ says: [/is now an admin/] });
    closed
      .idle()
      .when(message(`/invite ${stranger.id} admin`, { by: admin }))
      .leadsTo({ says: [/is for owners/] });
    closed
      .idle()
      .when(message(`/invite ${stranger.id}`, { by: user }))
      .leadsTo({ says: [/is for admins/] });
  });

  it('are taken back, an admin’s by the owner only', () => {
    const member = (role: Member['role']): Member => ({ kind: 'member', name: stranger.id, role, addedBy: owner.id, addedAt: 0 });
    const withMember = (role: Member['role']) =>
      givenScope(rulesWith({ facts: applyFacts(noFacts, [{ type: 'put', fact: member(role) }]) }));
    expect(
      withMember('user')
        .idle()
        .when(message(`/uninvite ${stranger.id}`, { by: admin })).decision.facts,
    ).toHaveLength(1);
    withMember('admin')
      .idle()
      .when(message(`/uninvite ${stranger.id}`, { by: admin }))
      .leadsTo({ says: [/is for owners/] });
    withMember('user')
      .idle()
      .when(message('/uninvite fake:nobody'))
      .leadsTo({ says: [/was not invited[\s\S]*mallory/] });
  });

  it('explain themselves', () => {
    for (const text of ['/invite', '/invite nobody', '/invite a:b owner'])
      closed
        .idle()
        .when(message(text))
        .leadsTo({ says: [/Usage/] });
  });
});

describe('who may answer an approval', () => {
  const running = (rules: Partial<Rules>) => givenScope(rules).running({ approvals: [openApproval('k7')] });

  it('is the owner, an admin, and who asked, where the profile says nothing else', () => {
    running(rulesWith())
      .when(message('/approve k7', { by: admin }))
      .leadsTo({ asks: ['approval.answer'], says: [/approved by you/] });
    running(rulesWith())
      .when(message('/approve k7', { by: user }))
      .leadsTo({ asks: [], says: [/not yours/] });
  });

  it('may be the owner alone', () => {
    const strict = rulesWith({ approvals: { ...testRules.approvals, mayAnswer: ['owner'] } });
    const { decision } = running(strict)
      .when(message('/approve k7', { by: admin }))
      .leadsTo({ asks: [], says: [/not yours/] });
    expect(decision.audit).toMatchObject([{ kind: 'access' }, { kind: 'approval', outcome: 'refused', actor: admin.id }]);
  });

  it('may be two people, of whom either can say no', () => {
    const two = rulesWith({ approvals: { ...testRules.approvals, twoPersons: true } });
    const first = running(two)
      .when(message('/approve k7'))
      .leadsTo({ asks: [], says: [/needs a second person/] });
    first.when(message('/approve k7')).leadsTo({ asks: [], says: [/second person/] });
    first.when(message('/approve k7', { by: admin })).leadsTo({ asks: ['approval.answer'], says: [/approved by you/] });
    first.when(message('/deny k7', { by: admin })).leadsTo({ asks: ['approval.answer'], says: [/denied by you/] });
  });

  it('is written down', () => {
    const { decision } = running(rulesWith()).when(message('/approve k7'));
    expect(decision.audit).toMatchObject([
      { kind: 'access' },
      { kind: 'approval', outcome: 'accept', actor: owner.id, detail: { approval: 'k7' } },
    ]);
  });
});

describe('directories', () => {
  const named = givenScope(rulesWith({ workspaces: { default: '/work/app', aliases: { api: '/work/api' } } }));

  it('are changed by admins, once the disk agrees', () => {
    named
      .idle()
      .when(message('/cd /work/b', { by: user }))
      .leadsTo({ says: [/is for admins/] });
    const used = named
      .idle({ alias: 'code' })
      .when(message('/cd /work/b'))
      .leadsTo({ asks: ['workspace.resolve'] });
    const purpose = { type: 'workspace.use', by: owner.id } as const;
    const after = used
      .when(resolved(purpose, { allowed: true, path: asId('/work/b') }))
      .leadsTo({ says: [/now work in `\/work\/b`/] });
    expect(after.decision.state).toMatchObject({ workspace: '/work/b' });
    expect(after.decision.state.alias).toBeUndefined();
    used
      .when(resolved(purpose, { allowed: false, reason: 'It is your home.' }))
      .leadsTo({ says: [/stays as it was\. It is your home/] });
  });

  it('have names', () => {
    expect(named.idle().when(message('/ws api')).decision.effects).toMatchObject([
      { type: 'workspace.resolve', path: '/work/api' },
    ]);
    named
      .idle()
      .when(message('/ws'))
      .leadsTo({ says: [/`default`[\s\S]*`api` `\/work\/api`/] });
    named
      .idle()
      .when(message('/ws toString'))
      .leadsTo({ says: [/no workspace named/] });
    named
      .idle()
      .when(message('/cd'))
      .leadsTo({ says: [/Usage/] });
  });
});

it('/whoami tells id, role and place', () => {
  closed
    .idle()
    .when(message('/whoami', { by: admin }))
    .leadsTo({ says: [/fake:ada.*admin.*fake:private/] });
});

it('/remove and /rm forget a name', () => {
  const alias = {
    kind: 'alias',
    name: 'code',
    thread: asId<never>('t'),
    workspace: asId<never>('/w'),
    title: 'T',
    addedBy: owner.id,
    addedAt: 0,
  } as const;
  const withAlias = givenScope({ facts: applyFacts(noFacts, [{ type: 'put', fact: alias }]) });
  expect(withAlias.idle().when(message('/rm code')).decision.facts).toContainEqual({
    type: 'remove',
    kind: 'alias',
    name: 'code',
  });
  withAlias
    .idle()
    .when(message('/remove x'))
    .leadsTo({ says: [/no alias/] });
});

it('a refusal names its rule in the audit log', () => {
  const { decision } = closed.idle().when(message('hi', { by: stranger }));
  expect(decision.audit).toMatchObject([
    { kind: 'access', outcome: 'refused', detail: { because: ['no role in this profile'] } },
  ]);
});
