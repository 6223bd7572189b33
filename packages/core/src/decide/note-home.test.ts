import { describe, expect, it } from 'vitest';
import { channelFailed, givenScope, message, stranger } from '../testing/given.ts';
import { applyFacts, noFacts } from './facts.ts';

describe('where an owner is told about the profile', () => {
  it('is the private chat in which the owner wrote last, noted once', () => {
    const { decision } = givenScope().idle().when(message('hello'));
    expect(decision.facts).toMatchObject([{ type: 'put', fact: { kind: 'home', name: 'fake', scope: decision.state.scope } }]);
    const again = givenScope({ facts: applyFacts(noFacts, decision.facts) })
      .idle()
      .when(message('hello'));
    expect(again.decision.facts).toEqual([]);
  });

  it('is never the chat of a stranger', () => {
    expect(
      givenScope()
        .idle()
        .when(message('hello', { by: stranger })).decision.facts,
    ).toEqual([]);
  });

  it('is told what to do: log in again, or look after it', () => {
    givenScope()
      .idle()
      .when(channelFailed())
      .leadsTo({ says: [/threadbridge login other/] });
    givenScope()
      .idle()
      .when(channelFailed({ code: 'channel.rejected', reason: 'The app was taken back.' }))
      .leadsTo({
        says: [/"other" has stopped[\s\S]*taken back/],
      });
  });
});
