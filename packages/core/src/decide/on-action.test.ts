import {
  type Actor,
  actorId,
  asId,
  type ChannelId,
  type Fingerprint,
  type ScopeId,
  type ThreadId,
  type WorkspacePath,
} from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import type { Action } from '../policy/action.ts';
import {
  action,
  givenScope,
  message,
  openApproval,
  owner,
  pressed,
  privateScope,
  resolved,
  stranger,
  testRules,
  thread,
  threadsFound,
  tokenFor,
} from '../testing/given.ts';
import type { Decision } from './decision.ts';
import type { Input } from './input.ts';

const given = givenScope();
const newThread: Action = { type: 'command', name: 'new' };
const user: Actor = { id: actorId(asId<ChannelId>('fake'), 'udo'), name: 'Udo' };
const answers = (made: Decision) => made.effects.flatMap((effect) => (effect.type === 'action.respond' ? [effect] : []));

describe('a control', () => {
  it('does what its command does, in an idle conversation too, and is answered in its place', () => {
    const bindings = { [asId<Fingerprint>('f')]: { thread: asId<ThreadId>('t'), workspace: asId<WorkspacePath>('/w') } };
    const { decision } = given.idle({ bindings }).when(pressed(tokenFor(newThread)));
    expect(decision.state.bindings).toEqual({});
    const [answer] = answers(decision);
    expect(answer?.message.markdown).toMatch(/new thread/);
    expect(answer?.reply).toEqual({ click: expect.any(String) });
    expect(answer?.keepsMessage).toBeUndefined();
  });

  it('works once', () => {
    const token = tokenFor(newThread);
    const { decision } = given.idle().when(pressed(token)).when(pressed(token));
    // Whoever pressed twice keeps what the first press wrote there.
    expect(answers(decision)).toMatchObject([
      { keepsMessage: true, message: { markdown: expect.stringMatching(/used already/) } },
    ]);
    expect(decision.audit).toMatchObject([{ kind: 'access', outcome: 'refused', detail: { because: ['action token: used'] } }]);
  });

  it('is forgotten once it would be too old anyway', () => {
    const old = tokenFor(newThread, { until: 1_700_000_000_000 });
    const later = tokenFor(newThread, { cause: 'another', until: 1_800_000_000_000 });
    const { decision } = given
      .idle()
      .when(pressed(old))
      .when(pressed(later, { at: 1_700_000_000_001 }));
    expect(Object.values(decision.state.spent ?? {})).toEqual([1_800_000_000_000]);
  });

  it.each([
    ['altered', { key: 'a foreign key' }, /no longer valid/],
    ['too old', { until: 1 }, /too old/],
    [
      'of another conversation',
      { scope: { ...given.idle().state.scope, id: asId<never>('fake:other') } },
      /another conversation/,
    ],
    ['of a run that is over', { run: { run: asId<never>('r'), fingerprint: asId<never>('f') } }, /a run that is over/],
  ])('%s does nothing, says why, and leaves a line', (_name, change, told) => {
    const before = given.running();
    const { decision } = before
      .when(pressed(tokenFor({ type: 'command', name: 'stop' }, change)))
      .leadsTo({ says: [told], asks: [] });
    expect(decision.state).toEqual(before.state);
    expect(answers(decision)).toMatchObject([{ keepsMessage: true }]);
    expect(decision.audit).toMatchObject([{ kind: 'access', outcome: 'refused', actor: owner.id }]);
  });

  it('of the keys before is taken while they are kept', () => {
    const rules = { ...testRules, tokenKey: 'the new key', formerTokenKeys: [testRules.tokenKey] };
    givenScope(rules)
      .idle()
      .when(pressed(tokenFor(newThread)))
      .leadsTo({ says: [/new thread/], asks: [] });
  });

  it('grants nobody what the command would not', () => {
    const rules = { access: { ...testRules.access, users: [user.id] } };
    const { decision } = givenScope(rules)
      .idle()
      .when(pressed(tokenFor({ type: 'command', name: 'cd', args: '/etc' }), { by: user }))
      .leadsTo({ says: [/for admins/], asks: [] });
    // Whom it is for may still press it.
    expect(decision.state.spent).toBeUndefined();
    expect(answers(decision)).toMatchObject([{ keepsMessage: true }]);
  });

  it('that tells more than a few words tells them in a message of its own', () => {
    const { decision } = given.idle().when(pressed(tokenFor({ type: 'command', name: 'help' })));
    expect(decision.effects[0]).toMatchObject({ type: 'deliver', isAside: true, reply: { click: expect.any(String) } });
    expect(answers(decision)).toEqual([]);
  });

  it('puts what was filled in into the run', () => {
    const { decision } = given
      .running()
      .when(pressed(tokenFor({ type: 'command', name: 'steer', field: 'text' }), { values: { text: ' in blue ', other: 'x' } }))
      .leadsTo({ says: [], asks: ['run.steer'] });
    expect(decision.effects).toMatchObject([{ prompt: { text: 'in blue', actor: owner.id } }]);
    given
      .running()
      .when(pressed(tokenFor({ type: 'command', name: 'steer', field: 'text' }), { values: { text: { a: 1 } } }))
      .leadsTo({ says: [/Usage/] });
  });
});

describe('a row of a list', () => {
  const bea: Actor = { id: actorId(asId<ChannelId>('fake'), 'bea'), name: 'Bea' };
  const group = { ...privateScope, id: asId<ScopeId>('fake:team'), kind: 'group' } as const;
  const access = { ...testRules.access, users: [user.id, bea.id], chats: [group.id] };
  const tokens = (made: Decision) =>
    made.effects.flatMap((effect) => (effect.type === 'deliver' ? (effect.message.choices ?? []) : [])).map(({ token }) => token);

  it('is, among many people, for whoever asked and for admins; others are told so, and it leaves a line', () => {
    const here = { ...given.idle().state, scope: group };
    const asked = givenScope({ access })
      .idle(here)
      .when(message('/config verbosity', { by: user, scope: group }));
    const [, verbose = ''] = tokens(asked.decision);
    const refused = asked.when(pressed(verbose, { by: bea, scope: group })).leadsTo({ says: [/for whoever asked/] });
    expect(refused.decision.state.verbosity).toBeUndefined();
    expect(refused.decision.audit).toMatchObject([
      { outcome: 'refused', actor: bea.id, detail: { because: ['action token: person'] } },
    ]);
    for (const by of [user, owner])
      expect(asked.when(pressed(verbose, { by, scope: group })).decision.state.verbosity).toBe('verbose');
  });

  it('is, in private, for whoever may do it', () => {
    const asked = givenScope({ access })
      .idle()
      .when(message('/config verbosity', { by: user }));
    expect(asked.when(pressed(tokens(asked.decision)[1] ?? '', { by: bea })).decision.state.verbosity).toBe('verbose');
  });

  it('is answered in the place of the click, also after the world was asked', () => {
    const workspaces = { default: asId<WorkspacePath>('/work/app'), aliases: { site: '/work/site' } };
    const rows = givenScope({ workspaces }).idle().when(message('/ws'));
    const asked = rows.when(pressed(tokens(rows.decision)[1] ?? '')).leadsTo({ asks: ['workspace.resolve'] });
    const [look] = asked.decision.effects;
    const click = look?.type === 'workspace.resolve' ? look.click : undefined;
    expect(asked.decision.effects).toMatchObject([{ click: { click: expect.any(String) } }]);
    const found = (result: Parameters<typeof resolved>[1]) =>
      ({ ...resolved({ type: 'workspace.use', by: owner.id }, result), click }) as Input;
    const used = asked.when(found({ allowed: true, path: asId('/work/site') })).decision;
    expect(used.effects).toMatchObject([
      {
        type: 'action.respond',
        reply: { click: expect.any(String) },
        message: { markdown: expect.stringMatching(/work\/site/) },
      },
    ]);
    expect(answers(used)[0]?.keepsMessage).toBeUndefined();
    // The list stays where nothing came of it.
    const refused = asked.when(found({ allowed: false, reason: 'It is gone.' })).decision;
    expect(refused.effects).toMatchObject([{ type: 'action.respond', keepsMessage: true }]);
  });

  it('hands its place on from one look at the world to the next', () => {
    const asked = given.idle().when(pressed(tokenFor({ type: 'command', name: 'resume', args: 't1' })));
    const [look] = asked.decision.effects;
    const click = look?.type === 'threads.find' ? look.click : undefined;
    const purpose = { type: 'resume', thread: 't1', by: owner.id } as const;
    const found = asked.when({ ...threadsFound(purpose, { threads: [thread('t1')] }), click } as Input);
    expect(found.decision.effects).toMatchObject([{ type: 'workspace.resolve', click: { click: expect.any(String) } }]);
  });
});

describe('a click on a question', () => {
  const waiting = given.running({ approvals: [openApproval('k7')] });

  it('is answered in its place, with what was asked', () => {
    const { decision } = waiting.when(action('k7', 'accept'));
    expect(answers(decision)[0]?.message).toEqual({ markdown: expect.stringMatching(/approved by you[\s\S]*rm -r dist/) });
  });

  it('by somebody who may not leaves the question as it is, and is told to them alone', () => {
    const { decision } = waiting.when(action('k7', 'accept', { by: stranger }));
    expect(decision.effects).toMatchObject([
      { type: 'action.respond', keepsMessage: true, message: { markdown: expect.stringMatching(/not yours/) } },
    ]);
    expect(decision.audit).toMatchObject([{ outcome: 'refused', actor: stranger.id }]);
  });

  it('that comes too late hears who answered, and leaves what stands there', () => {
    const { decision } = waiting.when(action('k7', 'accept')).when(action('k7', 'decline'));
    expect(decision.effects).toMatchObject([
      { type: 'action.respond', keepsMessage: true, message: { markdown: expect.stringMatching(/approved by you/) } },
    ]);
    expect(decision.audit).toMatchObject([{ outcome: 'refused' }]);
  });

  it('by a program is not answered, and leaves a line', () => {
    const { decision } = waiting
      .when(action('k7', 'accept', { by: { ...stranger, isBot: true } }))
      .leadsTo({ says: [], asks: [] });
    expect(decision.audit).toMatchObject([{ outcome: 'refused' }]);
  });

  it('keeps its buttons for the second person where two have to agree', () => {
    const rules = { approvals: { ...testRules.approvals, twoPersons: true }, access: { ...testRules.access, admins: [user.id] } };
    const first = givenScope(rules)
      .running({ approvals: [openApproval('k7')] })
      .when(action('k7', 'accept'))
      .leadsTo({ asks: [], says: [/second person/] });
    const again = answers(first.decision)[0]?.message.actions?.find((one) => one.style === 'primary');
    first.when(pressed(again?.token ?? '', { by: owner })).leadsTo({ asks: [], says: [/second person/] });
    first.when(pressed(again?.token ?? '', { by: user })).leadsTo({ asks: ['approval.answer'], says: [/approved by you/] });
  });

  it('that wants words takes those of the form', () => {
    const question = { id: 'color', header: 'Color', question: 'Which?', isSecret: false, allowsOther: true } as const;
    const approval = { id: asId<never>('w1'), kind: 'userInput', questions: [question], offered: ['decline'] } as const;
    const token = tokenFor({ type: 'words', approval: asId('w1') });
    const { decision } = given
      .running({ approvals: [openApproval('w1', { approval })] })
      .when(pressed(token, { values: { color: 'blue', evil: 'x' } }))
      .leadsTo({ asks: ['approval.answer'], says: [/answered by you/] });
    expect(decision.effects[0]).toMatchObject({ answer: { answers: { color: ['blue'] } } });
  });
});
