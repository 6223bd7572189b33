import { expect, it } from 'vitest';
import type { Preference } from '../decide/facts.ts';
import { noFacts } from '../decide/facts.ts';
import { at, channel, owner, privateScope, testRules } from '../testing/given/profile.ts';
import { languageFor } from './language-here.ts';

const preference: Preference = { kind: 'preference', name: owner.id, language: 'en', addedBy: owner.id, addedAt: at };

it('is the profile’s, in private that of the channel’s people, and before all what the person chose', () => {
  const plain = { ...testRules, facts: noFacts };
  const brought = { ...plain, languages: { [channel]: 'zh' as const } };
  const chosen = { ...brought, facts: { ...noFacts, preferences: new Map([[owner.id, preference]]) } };
  const group = { ...privateScope, kind: 'group' as const };
  expect(languageFor(privateScope, owner.id, plain)).toBe('en');
  expect(languageFor(privateScope, owner.id, brought)).toBe('zh');
  expect(languageFor(privateScope, undefined, brought)).toBe('zh');
  expect(languageFor(privateScope, owner.id, chosen)).toBe('en');
  expect(languageFor(group, owner.id, brought)).toBe('en');
});
