import { describe, expect, it } from 'vitest';
import { channelFailed, givenScope, message, privateScope, stranger, testRules } from '../testing/given.ts';
import { decide } from './decide.ts';
import { applyFacts, noFacts } from './facts.ts';
import type { Input } from './input.ts';
import { initialState } from './scope-state.ts';

describe('where an owner is told about the profile', () => {
  const rules = { ...testRules, facts: noFacts };
  const decided = (input: Input, facts = noFacts) => decide(initialState(privateScope), input, { ...rules, facts }).facts;

  it('is the private chat in which the owner wrote last, noted once', () => {
    const changes = decided(message('hello'));
    expect(changes).toMatchObject([{ type: 'put', fact: { kind: 'home', name: 'fake', scope: privateScope } }]);
    expect(decided(message('hello'), applyFacts(noFacts, changes))).toEqual([]);
  });

  it('is never the chat of a stranger', () => {
    expect(decided(message('hello', { by: stranger }))).toEqual([]);
  });

  it('is told what to do: log in again, or look after it', () => {
    givenScope()
      .idle()
      .when(channelFailed())
      .leadsTo({ says: [/`threadbridge login other`/] });
    for (const language of ['en', 'zh'] as const)
      givenScope({ language, profileFlag: ' --profile team' })
        .idle()
        .when(channelFailed())
        .leadsTo({ says: [/`threadbridge login other --profile team`/] });
    givenScope()
      .idle()
      .when(channelFailed({ code: 'channel.rejected', reason: 'The app was taken back.' }))
      .leadsTo({
        says: [/"other" has stopped[\s\S]*taken back/],
      });
  });
});
