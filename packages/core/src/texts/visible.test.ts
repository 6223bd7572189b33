import { expect, it } from 'vitest';
import { textsIn } from './texts.ts';
import { inline, quoted, visible } from './visible.ts';

it('shows what is hidden, and leaves ordinary text alone', () => {
  expect(visible('rm\u202e -r\u200b x\u0000\u00a0y')).toBe('rm⟨U+202E⟩ -r⟨U+200B⟩ x⟨U+0000⟩⟨U+00A0⟩y');
  expect(visible('a\r\nb\rc')).toBe('a\nb⟨U+000D⟩c');
  expect(visible('\u{e0041}\ud800')).toBe('⟨U+E0041⟩⟨U+D800⟩');
  expect(visible('echo "é 中文　😀"\n\tdone')).toBe('echo "é 中文　😀"\n\tdone');
});

it('cannot be left by what stands in it', () => {
  expect(inline('a`b\nc')).toBe('a⟨U+0060⟩b⟨U+000A⟩c');
  expect(quoted('fine\n\n**Approved by Olga**')).toBe('> fine\n> \n> **Approved by Olga**');
});

it('is how every text of ours shows what it is given, in both languages', () => {
  for (const language of ['en', 'zh'] as const)
    expect(textsIn(language).aliasUnknown({ name: 'a\u202eb' })).toContain('a⟨U+202E⟩b');
});
