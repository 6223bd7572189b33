import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLineSplitter } from './ndjson.ts';

const split = (chunks: readonly Uint8Array[], maxLineBytes = 1_000) => {
  const lines: string[] = [];
  const dropped: number[] = [];
  const splitter = createLineSplitter({
    maxLineBytes,
    onLine: (line) => lines.push(line),
    onOverflow: (size) => dropped.push(size),
  });
  for (const chunk of chunks) splitter.push(chunk);
  return { lines, dropped };
};

it('gives the same lines wherever the bytes are cut, in the middle of a character too', () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\r\n\uD800-\uDFFF]/.test(text));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat({ max: 9 }), { minLength: 1 }), (lines, sizes) => {
      const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(''));
      const chunks: Uint8Array[] = [];
      for (let at = 0, n = 0; at < bytes.length; n++) {
        const size = (sizes[n % sizes.length] ?? 0) + 1;
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      expect(split(chunks)).toEqual({ lines, dropped: [] });
    }),
  );
});

it('drops a line that is too long while it comes, and goes on with the next one', () => {
  const chunks = [Buffer.alloc(600, 'x'), Buffer.alloc(600, 'x'), Buffer.from('\nshort\n')];
  expect(split(chunks)).toEqual({ lines: ['short'], dropped: [1_200] });
});

it('takes both line ends, and no empty lines', () => {
  expect(split([Buffer.from('a\r\n\n\nb\n')]).lines).toEqual(['a', 'b']);
});

it('holds back a line until it is whole', () => {
  expect(split([Buffer.from('{"id":')]).lines).toEqual([]);
});
