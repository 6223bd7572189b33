import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitPictures } from './split-pictures.ts';
import { toPicturePart } from './to-block.ts';

const diff = ['```diff', '@@ -1,2 +1,2 @@', '-old', '+new', '```'].join('\n');
const table = ['| name | state | since |', '| --- | --- | --- |', '| **a** | `up` | [Monday](https://example.test) |'].join('\n');
const wide = ['```ts src/a.ts', 'const one = 1;', `const two = '${'x'.repeat(60)}';`, 'const three = 3;', '```'].join('\n');

describe('a part', () => {
  it('is a picture where it is one block that reads badly as text', () => {
    expect(toPicturePart(diff)?.block).toEqual({ type: 'diff', text: '@@ -1,2 +1,2 @@\n-old\n+new' });
    expect(toPicturePart(wide)?.block).toMatchObject({ type: 'code', heading: 'src/a.ts' });
    expect(toPicturePart(table)?.block).toEqual({
      type: 'table',
      head: ['name', 'state', 'since'],
      rows: [['a', 'up', 'Monday (https://example.test)']],
    });
  });

  it('takes its number for a mark and the line above for a heading', () => {
    const part = toPicturePart(`(2/3)\nupdate \`/work/a.ts\`\n\n${diff}`);
    expect(part).toMatchObject({ mark: '2/3', block: { type: 'diff', heading: 'update /work/a.ts' } });
  });

  it('takes the heading of a diff from the file it names', () => {
    const named = ['```diff', '--- a/src/old.ts', '+++ b/src/new.ts', '@@ -1 +1 @@', '-a', '+b', '```'].join('\n');
    expect(toPicturePart(named)?.block.heading).toBe('src/new.ts');
  });

  it.each([
    ['words', 'Nothing but words.'],
    ['words below', `${diff}\n\nand so on`],
    ['two lines above', `one\ntwo\n\n${diff}`],
    ['few short lines', '```ts\none();\ntwo();\nthree();\n```'],
    ['a command, which people copy', `\`\`\`sh\n${wide}\n\`\`\``],
    ['a table of two narrow columns', '| a | b |\n| --- | --- |\n| 1 | 2 |'],
    ['a block without an end', '```diff\n-a\n+b\n-c\n+d'],
    ['too many lines', `\`\`\`diff\n${'+line\n'.repeat(81)}\`\`\``],
  ])('is text where it is %s', (_, part) => {
    expect(toPicturePart(part)).toBeUndefined();
  });
});

describe('cutting', () => {
  it('gives blocks that are drawn a part of their own, with the line above', () => {
    const parts = splitPictures(
      `It is done.\n\nupdate \`a.ts\`\n\n${diff}\n\nAnd the state:\n\n${table}\n\nGood night.`,
      12_000,
      200,
    );
    expect(parts).toEqual([
      '(1/4)\nIt is done.',
      `(2/4)\nupdate \`a.ts\`\n\n${diff}`,
      `(3/4)\nAnd the state:\n\n${table}`,
      '(4/4)\nGood night.',
    ]);
  });

  it('leaves alone what is one part already, and what has nothing to draw', () => {
    const [first = ''] = splitPictures(`${diff}\n\n${table}`, 12_000, 200);
    expect(splitPictures(first, 12_000, 200)).toEqual([first]);
    expect(splitPictures('just words', 12_000, 200)).toEqual(['just words']);
  });

  it('draws three blocks at most: each is a message of the few there are', () => {
    const parts = splitPictures(Array.from({ length: 6 }, () => diff).join('\n\nthen\nthis\n\n'), 12_000, 200);
    expect(parts.filter((part) => toPicturePart(part) !== undefined)).toHaveLength(3);
    expect(parts).toHaveLength(6);
  });

  it('loses nothing and keeps to the limit, whatever is cut', () => {
    const piece = fc.constantFrom(diff, table, wide, 'words', 'more words\nin two lines', '', '```', '| a |', '***');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 300, max: 2_000 }), (pieces, maxBytes) => {
        const markdown = pieces.join('\n\n');
        const parts = splitPictures(markdown, maxBytes, 30);
        for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(maxBytes);
        expect(words(parts)).toBe(words([markdown]));
      }),
    );
  });
});

/** What people read: without numbers, without fences, without blank space. */
function words(parts: readonly string[]): string {
  return parts
    .flatMap((part) => (parts.length > 1 ? part.replace(/^\(\d+\/\d+\)\n/, '') : part).split('\n'))
    .filter((line) => !/^ {0,3}(?:`{3,}|~{3,})/.test(line))
    .join('')
    .replaceAll(/\s/g, '');
}
