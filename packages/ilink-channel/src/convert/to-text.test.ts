import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toChatText } from './to-text.ts';

it.each([
  ['## What changed', '【What changed】'],
  ['**bold** and *italic* and ~~gone~~', 'bold and italic and gone'],
  ['这是**重点**内容', '这是重点内容'],
  ['`snake_case` stays `a < b`', '`snake_case` stays `a < b`'],
  ['call __init__ and snake_case_name', 'call __init__ and snake_case_name'],
  ['2 * 3 * 4 and a*b*c', '2 * 3 * 4 and a*b*c'],
  ['[docs](https://example.org/a_(b)) and <https://example.org>', 'docs (https://example.org/a_(b)) and https://example.org'],
  ['![a chart](https://example.org/c.png)', 'a chart: https://example.org/c.png'],
  ['* one\n+ two\n- [x] three\n- [ ] four\n1. five', '- one\n- two\n☑ three\n☐ four\n1. five'],
  ['if a <b then', 'if a ＜b then'],
  ['3 < 4', '3 < 4'],
  ['\\*not italic\\*', '*not italic*'],
  ['a\n\n---\n\nb', 'a\n\n———\n\nb'],
  ['> quoted **text**', '> quoted text'],
])('%j reads %j', (markdown, text) => {
  expect(toChatText(markdown)).toBe(text);
});

it('leaves code as it is', () => {
  const code = '```ts\nconst a_b = "<div>**x**</div>"; // # no heading\n- no item\n```';
  expect(toChatText(`Look:\n${code}\ndone **now**`)).toBe(`Look:\n${code}\ndone now`);
});

it('shows a table as lines', () => {
  expect(toChatText('| Name | Size |\n| --- | ---: |\n| `a.ts` | **12** |\n| b | 3 |')).toBe('Name: Size\n`a.ts`: 12\nb: 3');
  expect(toChatText('| Name | Size | State |\n|---|---|---|\n| a | 12 | ok |\n| b | | bad |\nafter')).toBe(
    '- a\n  Size: 12\n  State: ok\n- b\n  State: bad\nafter',
  );
});

it('loses no word of any text', () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const piece = fc.oneof(
    word,
    word.map((w) => `**${w}**`),
    word.map((w) => `*${w}*`),
    word.map((w) => `\`${w}\``),
    word.map((w) => `[${w}](https://example.org/${w})`),
    word.map((w) => `\n# ${w}\n`),
    word.map((w) => `\n- ${w}\n`),
    word.map((w) => `\n| ${w} | x | y |\n|---|---|---|\n| ${w} | ${w} | ${w} |\n`),
    fc.constantFrom('**', '*', '_', '`', '```\n', '~~', '<', '[', '](', '|', '\\'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = toChatText(pieces.join(' '));
      for (const found of pieces.join(' ').match(/(?<![a-z])[a-z]{3,}(?![a-z])/g) ?? []) expect(text).toContain(found);
    }),
    { numRuns: 300 },
  );
});

it('takes any text, in reasonable time', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2_000 }), (text) => {
      toChatText(text);
    }),
  );
  for (const mark of ['*', '_', '`', '[', '![', '~~', '<', '**a ', '](', '| ', '\\', '__a b', '[a]('])
    toChatText(mark.repeat(12_000 / mark.length));
});
