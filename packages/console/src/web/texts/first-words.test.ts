import { expect, it } from 'vitest';
import { firstWords } from './first-words.ts';

it('keeps the words and drops the marks', () => {
  expect(firstWords('**Codex asks** to change\n\n```diff\n+# Hello\n```\nin `a.ts`')).toBe(
    'Codex asks to change +Hello in a.ts'.replace('+Hello', '+ Hello'),
  );
  expect(firstWords('你好')).toBe('你好');
});
