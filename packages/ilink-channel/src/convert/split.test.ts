import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMarkdown } from './split.ts';

const size = (text: string) => Buffer.byteLength(text);

/** What people read: without numbers, without fences, without blank space. */
function words(parts: readonly string[]): string {
  return parts
    .map((part) => (parts.length > 1 ? part.replace(/^\(\d+\/\d+\)\n/, '') : part))
    .join('\n')
    .split('\n')
    .filter((line) => !/^ {0,3}(?:`{3,}|~{3,})/.test(line))
    .join('')
    .replaceAll(/\s/g, '');
}

it('leaves what fits as it is', () => {
  expect(splitMarkdown('short', 200)).toEqual(['short']);
  expect(splitMarkdown('', 200)).toEqual(['']);
});

it('cuts between paragraphs, and numbers the parts', () => {
  const paragraphs = ['one', 'two', 'three'].map((name) => `${name} ${'x'.repeat(140)}`);
  const parts = splitMarkdown(paragraphs.join('\n\n'), 200);
  expect(parts).toEqual(paragraphs.map((paragraph, index) => `(${index + 1}/3)\n${paragraph}`));
});

it('begins a new part with a heading rather than ending one with it', () => {
  const parts = splitMarkdown(`${'a '.repeat(75)}\n## Heading\n${'b '.repeat(75)}`, 250);
  expect(parts[1]).toMatch(/^\(2\/2\)\n## Heading\nb b/);
});

it('closes and opens a code block that is cut, with its language', () => {
  const code = Array.from({ length: 40 }, (_, index) => `line_${index}();`);
  const parts = splitMarkdown(`Look:\n\n\`\`\`ts\n${code.join('\n')}\n\`\`\`\n\nDone.`, 300);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect((part.match(/^```/gm) ?? []).length % 2, part).toBe(0);
  expect(parts[1]).toMatch(/^\(2\/\d\)\n```ts\nline_/);
  for (const line of code) expect(parts.filter((part) => part.split('\n').includes(line))).toHaveLength(1);
});

it('keeps items of a list whole', () => {
  const items = Array.from({ length: 20 }, (_, index) => `- item ${index} ${'word '.repeat(6)}`.trim());
  const parts = splitMarkdown(items.join('\n'), 300);
  for (const item of items) expect(parts.some((part) => part.split('\n').includes(item))).toBe(true);
});

describe('whatever the text', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ maxLength: 120 }),
    fc.constantFrom(
      '',
      '```',
      '```ts',
      '~~~~',
      '# head',
      '- item',
      '| a | b |',
      '| --- | --- |',
      '漢字'.repeat(80),
      '👩‍👩‍👧'.repeat(40),
    ),
  );
  const text = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'));

  it('parts fit, and nothing is lost', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 200, max: 900 }), (markdown, max) => {
        const parts = splitMarkdown(markdown, max);
        for (const part of parts) expect(size(part)).toBeLessThanOrEqual(max);
        expect(words(parts)).toBe(words([markdown.replaceAll('\r\n', '\n')]));
      }),
      { numRuns: 500 },
    );
  });

  it('no character is cut in halves', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('👍', '漢', 'é', 'a'), { minLength: 300, maxLength: 900 }), (characters) => {
        for (const part of splitMarkdown(characters.join(''), 200)) expect(part).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
