import fc from 'fast-check';
import { expect, it } from 'vitest';
import { closeGaps, gap, line, paint, wrapSpans } from './spans.ts';
import { textWidth } from './text-width.ts';

const rows = (text: string, width: number, hang = 0) =>
  wrapSpans([{ text }], width, hang).map((row) => row.map((span) => span.text).join(''));

it('breaks between words', () => {
  expect(rows('one two three', 8)).toEqual(['one two ', 'three']);
});

it('breaks a word that is longer than a row', () => {
  expect(rows('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
});

it('moves continued rows in', () => {
  expect(rows('- one two three', 9, 2)).toEqual(['- one two', '  three']);
});

it('keeps a word together whose parts are styled differently', () => {
  expect(wrapSpans([{ text: 'say ' }, { text: 'bo', style: 'bold' }, { text: 'ld' }], 6)).toEqual([
    [{ text: 'say ' }],
    [{ text: 'bo', style: 'bold' }, { text: 'ld' }],
  ]);
});

it('breaks Chinese anywhere, counting two columns each', () => {
  expect(rows('你好世界', 5)).toEqual(['你好', '世界']);
});

it('loses nothing but spaces at row ends and overfills no row', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '好', '👍', '-', 'e\u0301') });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 20 }), (source, width) => {
      const laid = rows(source, width);
      expect(laid.join('').replaceAll(' ', '')).toBe(source.replaceAll(' ', ''));
      expect(laid.filter((row) => textWidth(row) > width)).toEqual([]);
    }),
  );
});

it('writes colours only where they are wanted', () => {
  const spans = [{ text: 'a', style: 'red' as const }, { text: 'b' }];
  expect(paint(spans, true)).toBe('\u001b[31ma\u001b[0mb');
  expect(paint(spans, false)).toBe('ab');
});

it('keeps one gap between blocks and none at the top', () => {
  const a = line({ text: 'a' });
  expect(closeGaps([gap, a, gap, gap, a], true)).toEqual([a, gap, a]);
  expect(closeGaps([gap, a], false)).toEqual([gap, a]);
});
