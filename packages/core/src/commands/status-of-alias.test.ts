import { actorId, asId, type ChannelId, scopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { factsFrom } from '../decide/facts.ts';
import { codeAlias } from '../testing/aliases.ts';
import { givenScope, message, owner } from '../testing/given.ts';

const given = givenScope({ facts: factsFrom([codeAlias]) });

describe('the status of a named thread', () => {
  it('tells what the name stands for, and whether it is in use here', () => {
    given
      .idle()
      .when(message('/status code'))
      .leadsTo({ says: [/“Refactor”\*\*\. No run goes on[\s\S]*0199-code[\s\S]*\/work\/other/], asks: [] });
    given
      .idle({ alias: 'code' })
      .when(message('/status code'))
      .leadsTo({ says: [/“Refactor”\*\*, in use here/] });
  });

  it('knows no name that nobody gave', () => {
    given
      .idle()
      .when(message('/status cede'))
      .leadsTo({ says: [/There is no alias `cede`/] });
  });

  it('is nothing for a group', () => {
    const channel = asId<ChannelId>('fake');
    const group = { id: scopeId(channel, 'group'), channel, kind: 'group' } as const;
    const inGroup = givenScope({
      facts: factsFrom([
        codeAlias,
        { kind: 'group', name: group.id, status: 'approved', access: 'read-only', addedBy: owner.id, addedAt: 0 },
      ]),
    });
    const { decision } = inGroup.idle({ scope: group }).when(message('/status code', { scope: group }));
    expect(JSON.stringify(decision.effects)).not.toContain('Refactor');
    const guest = inGroup
      .idle({ scope: group })
      .when(message('/status code', { scope: group, by: { id: actorId(channel, 'guest') } }));
    expect(JSON.stringify(guest.decision.effects)).not.toContain('Refactor');
    expect(JSON.stringify(guest.decision.effects)).toContain('private chat');
  });
});

it('/refresh with a name reads that thread, and changes nothing of this conversation', () => {
  const { decision } = given.idle().when(message('/refresh code'));
  expect(decision.effects).toMatchObject([{ type: 'agent.ask', ask: { what: 'refresh', thread: '0199-code' } }]);
  expect(decision.state.bindings).toEqual({});
  given
    .idle()
    .when(message('/refresh cede'))
    .leadsTo({ says: [/There is no alias `cede`/], asks: [] });
});
