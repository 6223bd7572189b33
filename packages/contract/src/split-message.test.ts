import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitMessage } from './split-message.ts';

it('leaves a short text whole', () => {
  expect(splitMessage('short', 10)).toEqual(['short']);
  expect(splitMessage('', 10)).toEqual(['']);
});

it('cuts between paragraphs before it cuts between lines or words', () => {
  expect(splitMessage('one two\n\nthree', 12)).toEqual(['one two\n\n', 'three']);
  expect(splitMessage('one two\nthree', 10)).toEqual(['one two\n', 'three']);
});

it('loses nothing and exceeds nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '👍') }), fc.integer({ min: 2, max: 12 }), (text, max) => {
      const parts = splitMessage(text, max);
      expect(parts.join('')).toBe(text);
      expect(parts.filter((part) => part.length > max)).toEqual([]);
      expect(parts.filter((part) => /^[\udc00-\udfff]/.test(part))).toEqual([]);
    }),
  );
});
