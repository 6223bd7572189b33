import { expect, it } from 'vitest';
import { markdownLines } from './markdown-line.ts';

it('keeps the text as written for pipes', () => {
  expect(markdownLines('# Title\n- **a** `b`').map((line) => line.raw)).toEqual(['# Title', '- **a** `b`']);
});

it('renders headings, bold, code and bullets', () => {
  expect(markdownLines('## Title\n- **a** `b` 2*3*4').map((line) => line.spans)).toEqual([
    [{ text: 'Title', style: 'bold' }],
    [{ text: '• ' }, { text: 'a', style: 'bold' }, { text: ' ' }, { text: 'b', style: 'cyan' }, { text: ' 2*3*4' }],
  ]);
});

it('leaves the inside of a fence alone and never breaks it', () => {
  const [, code] = markdownLines('```js\nconst a = `**x**`; # y\n```');
  expect(code).toMatchObject({ spans: [{ text: 'const a = `**x**`; # y' }], isCode: true });
});

it('colours a diff', () => {
  const styles = markdownLines('```diff\n@@ -1 +1 @@\n-old\n+new\n same\n```').map((line) => line.spans[0]?.style);
  expect(styles).toEqual(['dim', 'cyan', 'red', 'green', undefined, 'dim']);
});

it('ends a fence only with a mark that is at least as long', () => {
  const lines = markdownLines('````\n```\n**not bold**\n````\n**bold**');
  expect(lines.map((line) => line.isCode ?? false)).toEqual([true, true, true, true, false]);
});

it('strips control characters', () => {
  expect(markdownLines('a\u001b[31mb')[0]?.spans).toEqual([{ text: 'a[31mb' }]);
});
