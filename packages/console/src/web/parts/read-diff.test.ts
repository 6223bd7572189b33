import { expect, it } from 'vitest';
import { countDiff, readDiff } from './read-diff.ts';

it('numbers the lines of a git diff on both sides and leaves its bookkeeping out', () => {
  const diff = [
    'diff --git a/src/a.ts b/src/a.ts',
    'index 83db48f..bf269f4 100644',
    '--- a/src/a.ts',
    '+++ b/src/a.ts',
    '@@ -3,3 +3,3 @@ function a() {',
    ' one',
    '-two',
    '+zwei',
    '\\ No newline at end of file',
    '',
  ].join('\n');
  expect(readDiff(diff)).toEqual([
    { kind: 'file', text: 'src/a.ts' },
    { kind: 'hunk', text: '@@ -3,3 +3,3 @@ function a() {' },
    { kind: 'same', text: 'one', before: 3, after: 3 },
    { kind: 'removed', text: 'two', before: 4 },
    { kind: 'added', text: 'zwei', after: 4 },
  ]);
});

it('reads a new file that is signs alone', () => {
  const lines = readDiff('+hello\n+\n+--- no header\n');
  expect(lines.map(({ text }) => text)).toEqual(['hello', '', '--- no header']);
  expect(countDiff(lines)).toEqual({ added: 3, removed: 0 });
});

it('takes a removed line that looks like a header for what it is', () => {
  expect(readDiff('@@ -1 +1 @@\n--- a\n+++ b\n')).toEqual([
    { kind: 'hunk', text: '@@ -1 +1 @@' },
    { kind: 'removed', text: '-- a', before: 1 },
    { kind: 'added', text: '++ b', after: 1 },
  ]);
});
