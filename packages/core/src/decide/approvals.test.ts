import type { Actor, Approval, ChannelId, EventId, Scope } from '@threadbridge/contract';
import { actorId, asId, scopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import {
  action,
  fired,
  givenScope,
  lost,
  message,
  openApproval,
  owner,
  privateScope,
  progressed,
  resolved,
  stranger,
  taskScope,
  testRules,
  undelivered,
} from '../testing/given.ts';
import { answeredWords } from './answer-approval.ts';

const given = givenScope();
const run = asId<never>('fake:private/run/1');
const asked = (approval: Partial<Approval> = {}) =>
  given
    .running()
    .when(progressed({ type: 'approval.requested', approval: { ...openApproval('q').approval, ...approval } as Approval }));

describe('a question of the agent', () => {
  it('shows command, directory, reason, sandbox and how to answer', () => {
    const { decision } = asked({ reason: 'needs to clean' }).leadsTo({
      says: [/rm -r dist[\s\S]*\/work\/app[\s\S]*needs to clean[\s\S]*Sandbox: workspace, network off[\s\S]*\/approve \w+/],
      asks: ['timer'],
    });
    expect(decision.effects.find((effect) => effect.type === 'timer')).toMatchObject({ at: 1_700_000_000_000 + 1_800_000 });
  });

  it('shows the diff of file changes', () => {
    const changes = [
      { path: '/work/app/new.txt', kind: 'add', diff: 'one\ntwo\n' },
      { path: '/work/app/old.txt', kind: 'update', diff: '@@ -1 +1 @@\n-a\n+b\n' },
    ] as const;
    asked({ kind: 'fileChange', changes } as Partial<Approval>).leadsTo({
      says: [/\+one\n\+two[\s\S]*-a\n\+b/],
      asks: ['timer'],
    });
  });

  it('cannot break out of its frame', () => {
    const { decision } = asked({ command: 'echo ```\n**Approved by Olga**' });
    const said = decision.effects[0];
    expect(said?.type === 'deliver' && said.message.markdown).toContain('````sh\necho ```\n**Approved by Olga**\n````');
  });

  it('offers what the request offers, no more', () => {
    asked({ offered: ['accept', 'decline'] }).leadsTo({ says: [/^(?![\s\S]*session)[\s\S]*$/], asks: ['timer'] });
    asked({ offered: ['accept', 'acceptForSession', 'decline'] }).leadsTo({ says: [/session/], asks: ['timer'] });
  });

  it('has a button for every answer, with a token of its own', () => {
    const said = asked().decision.effects[0];
    const actions = said?.type === 'deliver' ? (said.message.actions ?? []) : [];
    expect(actions.map((one) => one.label)).toEqual(['Approve', 'Approve for this session', 'Deny', 'Deny and stop']);
    expect(new Set(actions.map((one) => one.token)).size).toBe(4);
  });

  it('gets a code that no other open question has', () => {
    let when = given.running().when(progressed({ type: 'approval.requested', approval: openApproval('q0').approval }));
    for (let n = 1; n < 200; n += 1)
      when = when.when(progressed({ type: 'approval.requested', approval: openApproval(`q${n}`).approval }));
    const { phase } = when.decision.state;
    const codes = phase.name === 'running' ? Object.values(phase.approvals).map((open) => open.code) : [];
    expect(new Set(codes).size).toBe(200);
  });

  it('is not asked once the run is being stopped', () => {
    given
      .running({ phase: { stopping: { reason: 'asked', by: owner.id } } })
      .when(progressed({ type: 'approval.requested', approval: openApproval('q').approval }))
      .leadsTo({ says: [], asks: [] });
  });
});

describe('an answer', () => {
  const waiting = given.running({ approvals: [openApproval('k7')] });

  it('by code is given to the agent, and whoever gave it reads that it was them', () => {
    const { decision } = waiting
      .when(message('/approve k7'))
      .leadsTo({ asks: ['approval.answer'], says: [/k7.*approved by you/] });
    expect(decision.effects[0]).toMatchObject({ answer: { type: 'decision', decision: 'accept' }, approval: 'k7' });
  });

  it('may be for the session, in capitals too', () => {
    const { decision } = waiting
      .when(message('/APPROVE K7 Session'))
      .leadsTo({ asks: ['approval.answer'], says: [/for this session/] });
    expect(decision.effects[0]).toMatchObject({ answer: { decision: 'acceptForSession' } });
  });

  it('may be no', () => {
    const { decision } = waiting.when(message('/deny k7')).leadsTo({ asks: ['approval.answer'], says: [/denied by you/] });
    expect(decision.effects[0]).toMatchObject({ answer: { decision: 'decline' } });
  });

  it('that was not offered is refused', () => {
    waiting.when(message('/approve k7 always')).leadsTo({ says: [/does not offer/], asks: [] });
  });

  it('counts once: the second one is told that it is closed', () => {
    waiting
      .when(message('/approve k7'))
      .when(message('/deny k7'))
      .leadsTo({ says: [/No open request/], asks: [] });
    waiting
      .when(action('k7', 'accept'))
      .when(action('k7', 'decline'))
      .leadsTo({ says: [/already approved by you/], asks: [] });
  });

  it('by a stranger does nothing', () => {
    waiting.when(message('/approve k7', { by: stranger })).leadsTo({ says: [/only answer my owner/], asks: [] });
    waiting.when(action('k7', 'accept', { by: stranger })).leadsTo({ says: ['This request is not yours to answer.'], asks: [] });
  });

  it('with an altered token does nothing', () => {
    waiting.when(action('k7', 'accept', { token: 'A'.repeat(43) })).leadsTo({ says: [/not valid/], asks: [] });
  });

  it('by button is the same as by code', () => {
    waiting
      .when(action('k7', 'acceptForSession'))
      .leadsTo({ asks: ['approval.answer'], says: [/approved for this session by you/] });
  });

  it('without a code lists the open ones', () => {
    waiting.when(message('/approve')).leadsTo({ says: [/k7.*rm -r dist/], asks: [] });
    given
      .running()
      .when(message('/deny'))
      .leadsTo({ says: [/No request is open/], asks: [] });
    given
      .idle()
      .when(message('/approve k7'))
      .leadsTo({ says: [/No open request/], asks: [] });
    given
      .idle()
      .when(action('k7', 'accept'))
      .leadsTo({ says: [/a run that is over/], asks: [] });
  });

  it('that came too late is owned up to', () => {
    given
      .idle()
      .when(undelivered('the run is over.'))
      .leadsTo({ says: [/was not used: the run is over\./] });
  });
});

describe('a question nobody answers', () => {
  const expire = fired({ name: 'approval.expire', run, approval: asId('k7') });

  it('is denied when its time is over', () => {
    const { decision } = given
      .running({ approvals: [openApproval('k7')] })
      .when(expire)
      .leadsTo({ asks: ['approval.answer'], says: [/Nobody answered/] });
    expect(decision.effects[0]).toMatchObject({ answer: { decision: 'decline' } });
  });

  it('is left alone once somebody did', () => {
    given
      .running({ approvals: [openApproval('k7')] })
      .when(message('/approve k7'))
      .when(expire)
      .leadsTo({ says: [], asks: [] });
  });

  it('that Codex closed by itself is told', () => {
    const close = progressed({ type: 'approval.closed', approval: asId('k7') });
    given
      .running({ approvals: [openApproval('k7')] })
      .when(close)
      .leadsTo({ says: [/closed by Codex/] })
      .when(expire)
      .leadsTo({ says: [], asks: [] });
  });

  it('that was answered is closed without a word', () => {
    const close = progressed({ type: 'approval.closed', approval: asId('k7') });
    given
      .running({ approvals: [openApproval('k7')] })
      .when(message('/approve k7'))
      .when(close)
      .leadsTo({ says: [] });
    given.running().when(close).leadsTo({ says: [] });
  });
});

describe('a question that wants words', () => {
  const question = { id: 'color', header: 'Color', question: 'Which?', isSecret: false, allowsOther: true } as const;
  const open = openApproval('w1', {
    approval: { id: asId('w1'), kind: 'userInput', questions: [question], offered: ['decline'] },
  });
  const waiting = given.running({ approvals: [open] });

  it('is not answered by a yes', () => {
    waiting.when(message('/approve w1')).leadsTo({ says: [/\/answer w1/], asks: [] });
  });

  it('is answered in words, spaces and all', () => {
    const { decision } = waiting
      .when(message('/answer w1 a deep  blue'))
      .leadsTo({ asks: ['approval.answer'], says: [/answered by you/] });
    expect(decision.effects[0]).toMatchObject({ answer: { type: 'userInput', answers: { color: ['a deep  blue'] } } });
  });

  it('wants a word at least', () => {
    waiting.when(message('/answer w1')).leadsTo({ says: [/Usage/], asks: [] });
  });

  it('takes no words where a yes or no is asked', () => {
    given
      .running({ approvals: [openApproval('k7')] })
      .when(message('/answer k7 fine'))
      .leadsTo({ says: [/Usage/], asks: [] });
  });
});

describe('what is asked, by somebody who wants to be misread', () => {
  const text = (approval: Partial<Approval>) => {
    const said = asked(approval).decision.effects[0];
    return said?.type === 'deliver' ? said.message.markdown : '';
  };

  it('shows hidden characters and names them as a risk', () => {
    const told = text({ command: 'rm -rf x # \u202etxt.\u200bsafe', cwd: '/work/app/`\u202e' });
    expect(told).toContain('rm -rf x # ⟨U+202E⟩txt.⟨U+200B⟩safe');
    expect(told).toContain('hidden characters');
    expect(told).toContain('in `/work/app/⟨U+0060⟩⟨U+202E⟩`');
    expect(text({ command: 'ls' })).not.toContain('hidden characters');
  });

  it('quotes reasons and questions, so that they cannot speak for us', () => {
    expect(text({ reason: 'cleaning\n\n`k7` approved by Olga.' })).toContain('> cleaning\n> \n> `k7` approved by Olga.');
  });

  it('names who asked, the run, and what reaches outside', () => {
    const told = text({
      kind: 'fileChange',
      changes: [{ path: '/work/app/../etc/x', kind: 'delete', diff: 'a' }],
    } as Partial<Approval>);
    expect(told).toMatch(/Run 1, asked for by fake:owner\./);
    expect(told).toMatch(/reaches outside the workspace[\s\S]*deletes files/);
  });
});

describe('who answered', () => {
  const channel = asId<ChannelId>('fake');
  const group: Scope = { id: scopeId(channel, 'group'), channel, kind: 'group' };
  const rules = testRules;
  const told = (by: Actor, place: Scope, scope: Scope, language: 'en' | 'zh' = 'en') =>
    answeredWords('k7', { by, decision: 'accept', in: place.id }, scope, { ...rules, language });

  it('is whoever reads it in their own chat, and has a name everywhere else', () => {
    expect(told(owner, privateScope, privateScope)).toBe('`k7` approved by you.');
    expect(told(owner, group, privateScope)).toBe('`k7` approved by Olga.');
    expect(told(owner, group, group)).toBe('`k7` approved by Olga.');
    expect(told(owner, taskScope, taskScope)).toBe('`k7` approved by Olga.');
    expect(told(owner, privateScope, privateScope, 'zh')).toBe('`k7` 已由你同意。');
    expect(told(owner, group, group, 'zh')).toBe('`k7` 已由 Olga 同意。');
  });

  it('has no name that could pass for more', () => {
    expect(told({ ...owner, name: 'Olga`\n\n`k8` approved by Boss' }, group, group)).not.toContain('\n');
  });
});

describe('what was allowed for longer', () => {
  const open = openApproval('k7', {
    approval: {
      ...openApproval('k7').approval,
      offered: ['accept', 'acceptForSession', 'acceptAlways', 'decline'],
      alwaysRule: 'npm *',
    },
  });
  const waiting = given.running({ approvals: [open], phase: { thread: asId('thread-1') } });

  it('for good is for owners, who alone are offered it in private; a refusal leaves the question open and a line', () => {
    const admin = { id: actorId(asId<ChannelId>('fake'), 'ada') };
    const held = givenScope({ access: { ...testRules.access, admins: [admin.id] } });
    const asking = held.running({ approvals: [open], phase: { thread: asId('thread-1') } });
    for (const input of [message('/approve k7 always', { by: admin }), action('k7', 'acceptAlways', { by: admin })]) {
      const { decision } = asking.when(input).leadsTo({ says: [/for owners/], phase: 'running' });
      expect(decision.audit.at(-1)).toMatchObject({ kind: 'approval', outcome: 'refused', actor: admin.id });
    }
    asking
      .when(message('/approve k7 always', { by: admin }))
      .when(message('/approve k7 always'))
      .leadsTo({ says: [/approved for good/], asks: ['approval.answer'] });
    const event = { type: 'approval.requested', approval: open.approval } as const;
    const prompts = [{ event: asId<EventId>('e'), actor: admin.id, text: 'do it', at: 0 }];
    held
      .running()
      .when(progressed(event))
      .leadsTo({ says: [/always` yes, and for good/], asks: ['timer'] });
    held
      .running({ phase: { prompts } })
      .when(progressed(event))
      .leadsTo({ says: [/^(?![\s\S]*for good)/], asks: ['timer'] });
  });

  it('is shown by /status, with the way to take it back', () => {
    givenScope({ profileFlag: ' --profile team' })
      .running({ approvals: [open] })
      .when(message('/approve k7 always'))
      .when(message('/status'))
      .leadsTo({ says: [/Allowed for good: npm \*\. .*rules.*`threadbridge doctor --profile team`/] });
    const session = waiting.when(message('/approve k7 session'));
    session.when(message('/status')).leadsTo({ says: [/Allowed in this thread: `rm -r dist`\. .* `\/new` leaves/] });
    const left = session.when(message('/new')).when(lost());
    left.when(message('/status')).leadsTo({ says: [/^(?![\s\S]*Allowed in this thread)/] });
    left
      .when(resolved({ type: 'thread.use', thread: 'thread-1', title: 'A thread', by: owner.id }))
      .when(message('/status'))
      .leadsTo({ says: [/Allowed in this thread: `rm -r dist`/] });
    waiting
      .when(message('/approve k7'))
      .when(message('/status'))
      .leadsTo({ says: [/^(?![\s\S]*Allowed )/] });
  });
});
