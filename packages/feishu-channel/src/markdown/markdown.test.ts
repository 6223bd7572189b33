import { countTables } from '@threadbridge/testkit/feishu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFence } from './fence.ts';
import { toPlain } from './plain.ts';
import { escapedBytes, fitJson, safeMarkdown } from './safe.ts';
import { splitMarkdown } from './split.ts';
import { limitTables } from './tables.ts';

const line = fc.constantFrom(
  '',
  'word',
  '| a | b |',
  '|---|---|',
  '---',
  '```ts',
  '```',
  '~~~',
  'a | b',
  '-|-',
  '# h',
  '中文 text',
  '> | q |',
);
const markdown = fc.array(line, { maxLength: 300 }).map((lines) => lines.join('\n'));

describe('tables beyond the limit', () => {
  it('become code', () => {
    const table = '| a |\n| - |\n| 1 |';
    expect(limitTables(`${table}\n\n${table}`, 1)).toBe(`${table}\n\n\`\`\`\n${table}\n\`\`\``);
  });
  it('are never more than allowed, and no cell is lost', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 0, max: 4 }), (text, max) => {
        const limited = limitTables(text, max);
        expect(countTables(limited)).toBeLessThanOrEqual(max);
        const words = (one: string) => one.match(/[a-z中文]+/g) ?? [];
        expect(words(limited)).toEqual(words(text));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a split text', () => {
  it('has parts that fit, lose no word, and leave no code block open', () => {
    const text = fc.oneof(
      markdown,
      fc.string({ unit: 'grapheme', maxLength: 3_000 }),
      fc.string({ minLength: 1_100, maxLength: 3_000 }),
    );
    fc.assert(
      fc.property(text, (one) => {
        const parts = splitMarkdown(one, 1_000);
        for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(1_000);
        const letters = (all: string) => all.replaceAll(/[^a-z中文]/g, '').replaceAll('ts', '');
        expect(letters(parts.join('\n'))).toBe(letters(one));
        if (parts.length > 1) for (const part of parts.slice(0, -1)) expect(openFence(part)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
  it('is cut between paragraphs', () => {
    const paragraph = `${'word '.repeat(80).trim()}`;
    expect(splitMarkdown([paragraph, paragraph, paragraph].join('\n\n'), 1_000)).toEqual([
      `${paragraph}\n\n${paragraph}`,
      paragraph,
    ]);
  });
});

describe('small things', () => {
  it('plain text keeps code and addresses', () => {
    expect(toPlain('## Title\n**bold** and `a*b*c` [here](https://e.org)\n```\n**code**\n```')).toBe(
      'Title\nbold and a*b*c here (https://e.org)\n**code**',
    );
  });
  it('pictures from the web become links, mentions become words', () => {
    expect(safeMarkdown('![x](https://e.org/a.png) ![y](img_v3_1) <at id=all></at>')).toBe(
      '[x](https://e.org/a.png) ![y](img_v3_1) ＜at id=all>＜/at>',
    );
  });
  it('a text is fitted without breaking a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(60), (text, max) => {
        const fitted = fitJson(text, max);
        expect(text.startsWith(fitted)).toBe(true);
        expect(escapedBytes(fitted)).toBeLessThanOrEqual(max);
        expect(/[\ud800-\udbff]$/.test(fitted)).toBe(false);
      }),
    );
  });
});
