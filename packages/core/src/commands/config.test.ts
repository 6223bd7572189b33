import { actorId, asId, type ChannelId, type Scope, scopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { applyFacts, noFacts } from '../decide/facts.ts';
import { settings } from '../settings/registry.ts';
import { givenScope, lost, message, owner, pressed, testRules } from '../testing/given.ts';

const channel = asId<ChannelId>('fake');
const user = { id: actorId(channel, 'uma'), name: 'Uma' };
const group: Scope = { id: scopeId(channel, 'team'), channel, kind: 'group' };
const rules = { access: { ...testRules.access, users: [user.id], chats: [group.id] } };
const given = givenScope(rules);

describe('/config', () => {
  it('shows what holds here, chosen or not', () => {
    const { decision } = givenScope({ codex: { identity: 'test', effort: 'high' } })
      .idle({ model: 'm-2', limits: { wallTimeoutMs: 60_000 } })
      .when(message('/config'));
    const told = decision.effects.flatMap((effect) => (effect.type === 'deliver' ? [effect.message.markdown] : [])).join();
    for (const line of ['Language: English', 'Access: workspace', 'Network: off', 'Workspace: `/work/app`', 'Effort: high'])
      expect(told).toContain(line);
    expect(told).toContain('Model: m-2');
    expect(told).toContain('Longest run: 1m');
    expect(told).not.toContain(testRules.tokenKey);
    expect(told.split('\n')).toHaveLength(settings.length);
  });

  it('shows everything to admins only', () => {
    given
      .idle()
      .when(message('/config', { by: user }))
      .leadsTo({ says: ['`/config` is for admins.'] });
  });

  it('names what can be set when something else is asked for', () => {
    for (const name of ['colour', 'access'])
      given
        .idle()
        .when(message(`/config ${name} blue`))
        .leadsTo({ says: [/cannot be set here. What can: language/] });
  });

  it('does not guess a value', () => {
    for (const args of ['language', 'language fr', 'language zh en'])
      given
        .idle()
        .when(message(`/config ${args}`))
        .leadsTo({ says: [/Language: English\nUsage: `\/config language en\|zh`/] });
  });
});

describe('/config language', () => {
  it('is a choice of one person, with a line in the audit log', () => {
    const { decision } = given
      .idle()
      .when(message('/config language zh', { by: user }))
      .leadsTo({ says: ['语言: 中文'] });
    expect(decision.facts).toMatchObject([{ type: 'put', fact: { kind: 'preference', name: user.id, language: 'zh' } }]);
    expect(decision.audit.at(-1)).toMatchObject({
      ...{ kind: 'config', actor: user.id, outcome: 'setting changed', detail: { setting: 'language', value: 'zh' } },
    });
  });

  it('is held to from then on, also where nobody speaks', () => {
    const chosen = given.idle().when(message('/config language zh', { by: owner })).decision;
    const facts = applyFacts(noFacts, chosen.facts);
    const later = givenScope({ ...rules, facts });
    later
      .idle(chosen.state)
      .when(message('/stop'))
      .leadsTo({ says: ['没有运行中的任务'] });
    later
      .idle({ ...later.running().state, person: owner.id })
      .when(lost())
      .leadsTo({ says: [/任务“do it”被切断/], phase: 'idle' });
    later
      .idle()
      .when(message('/stop', { by: user }))
      .leadsTo({ says: ['Nothing is running.'] });
  });

  it('is known in every private chat of that person', () => {
    const facts = applyFacts(noFacts, given.idle().when(message('/config language zh')).decision.facts);
    const heard = givenScope({ ...rules, facts })
      .idle()
      .when(message('hello'));
    expect(heard.decision.state.person).toBe(owner.id);
  });

  it('leaves groups to the profile', () => {
    const facts = applyFacts(noFacts, given.idle().when(message('/config language zh')).decision.facts);
    const after = givenScope({ ...rules, facts });
    after
      .idle({ scope: group })
      .when(message('/stop', { scope: group }))
      .leadsTo({ says: ['Nothing is running.'] });
    after
      .idle({ scope: group })
      .when(message('/config language zh', { scope: group }))
      .leadsTo({ says: ['`/config language` works in a private chat only.'] });
  });

  it('can be picked', () => {
    const { decision } = given.idle().when(message('/config language'));
    const [said] = decision.effects;
    const choices = said?.type === 'deliver' ? (said.message.choices ?? []) : [];
    expect(choices.map(({ label }) => label)).toEqual(['en', 'zh']);
    given
      .idle(decision.state)
      .when(pressed(choices[1]?.token ?? ''))
      .leadsTo({ says: ['语言: 中文'] });
  });
});
