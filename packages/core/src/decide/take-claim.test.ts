import { actorId, asId, type ChannelId, type Scope, scopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { claimCode } from '../policy/claim-code.ts';
import { givenScope, message, stranger, testRules } from '../testing/given.ts';
import { applyFacts, type Member, noFacts } from './facts.ts';

const at = 1_700_000_000_000;
const minute = 60_000;
const { code, until } = claimCode(testRules.tokenKey, at);
const access = { ...testRules.access, owners: [], isClaimable: true } as const;
const given = givenScope({ access });
const claim = (change: Parameters<typeof message>[1] & { readonly code?: string } = {}) =>
  message(`/claim ${change.code ?? code}`, { by: stranger, ...change });
const refused = /That code was not taken/;

describe('/claim', () => {
  it('makes whoever sends the code the owner, once, with a line in the audit log', () => {
    const claimed = given
      .idle()
      .when(claim())
      .leadsTo({ says: [/is yours now/] }).decision;
    expect(claimed.facts).toMatchObject([{ type: 'put', fact: { kind: 'member', name: stranger.id, role: 'owner' } }]);
    expect(claimed.audit).toMatchObject([{ kind: 'config', outcome: 'claimed', actor: stranger.id }]);
    const after = givenScope({ access, facts: applyFacts(noFacts, claimed.facts) });
    after
      .idle(claimed.state)
      .when(message('/whoami', { by: stranger }))
      .leadsTo({ says: [/as owner/] });
    after
      .idle()
      .when(claim({ by: { id: actorId(asId<ChannelId>('fake'), 'second') } }))
      .leadsTo({ says: [refused] });
  });

  it('takes the code however it is written, until its time is over', () => {
    for (const written of [code.toUpperCase(), code.replace('-', ''), code.replace('-', ' ')])
      given
        .idle()
        .when(claim({ code: written }))
        .leadsTo({ says: [/is yours now/] });
    expect(until - at).toBeGreaterThan(15 * minute - 1);
    expect(until - at).toBeLessThanOrEqual(30 * minute);
    given
      .idle()
      .when(claim({ at: until - 1 }))
      .leadsTo({ says: [/is yours now/] });
    given
      .idle()
      .when(claim({ at: until }))
      .leadsTo({ says: [refused] });
  });

  it('says the same whatever is wrong, and leaves a line', () => {
    const owned = givenScope({ access: testRules.access });
    const says = [
      given.idle().when(claim({ code: 'abcd-efgh' })),
      given.idle().when(claim({ code: '' })),
      owned.idle().when(claim()),
    ].map(({ decision }) =>
      decision.effects.map((effect) => (effect.type === 'deliver' ? effect.message.markdown : effect.type)),
    );
    expect(new Set(says.map((one) => JSON.stringify(one))).size).toBe(1);
    const { decision } = given.idle().when(claim({ code: 'abcd-efgh' }));
    expect(decision.facts).toEqual([]);
    expect(decision.audit).toMatchObject([{ kind: 'access', outcome: 'refused', actor: stranger.id }]);
    expect(JSON.stringify(decision.audit)).not.toContain('abcd');
  });

  it('looks at five tries of a conversation; the sixth is too late even with the code, until half an hour later', () => {
    let { state } = given.idle();
    for (let tries = 0; tries < 5; tries += 1) ({ state } = given.idle(state).when(claim({ code: 'abcd-efgh' })).decision);
    given
      .idle(state)
      .when(claim())
      .leadsTo({ says: [refused] });
    const later = at + 31 * minute;
    const { code: next } = claimCode(testRules.tokenKey, later);
    given
      .idle(state)
      .when(claim({ code: next, at: later }))
      .leadsTo({ says: [/is yours now/] });
  });

  it('is not for groups, programs, or a profile whose configuration names an owner', () => {
    const channel = asId<ChannelId>('fake');
    const group: Scope = { id: scopeId(channel, 'team'), channel, kind: 'group' };
    const task: Scope = { id: scopeId(channel, 'job'), channel, kind: 'task' };
    for (const scope of [group, task]) expect(given.idle({ scope }).when(claim({ scope })).decision.facts).toEqual([]);
    expect(given.idle().when(claim({ by: { ...stranger, isBot: true } })).decision.effects).toEqual([]);
    expect(givenScope().idle().when(claim()).decision.facts).toEqual([]);
  });

  it('can be used by somebody who was invited before', () => {
    const user = { id: actorId(asId<ChannelId>('fake'), 'uma') };
    givenScope({ access: { ...access, users: [user.id] } })
      .idle()
      .when(claim({ by: user }))
      .leadsTo({ says: [/is yours now/] });
  });
});

it('an owner who claimed the profile is not demoted or taken out by an admin', () => {
  const admin = { id: actorId(asId<ChannelId>('fake'), 'ada') };
  const fact: Member = { kind: 'member', name: stranger.id, role: 'owner', addedBy: stranger.id, addedAt: at };
  const facts = { ...noFacts, members: new Map([[stranger.id, fact]]) };
  const held = givenScope({ access: { ...access, admins: [admin.id] }, facts });
  for (const text of [`/invite ${stranger.id}`, `/uninvite ${stranger.id}`]) {
    const { decision } = held
      .idle()
      .when(message(text, { by: admin }))
      .leadsTo({ says: [/for owners/] });
    expect(decision.facts).toEqual([]);
  }
});
