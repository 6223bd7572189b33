import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

it('keeps line ends and tabs', () => {
  expect(plainText('a\n\tb')).toBe('a\n\tb');
});

it('takes the power out of escape sequences', () => {
  expect(plainText('\u001b]0;owned\u0007\u001b[2Jgone')).toBe(']0;owned[2Jgone');
  expect(plainText('\u009b31mred\u0090x\u009c')).toBe('31mredx');
});

it('does not let a carriage return hide what stands before it', () => {
  expect(plainText('rm -rf x\recho hello')).toBe('rm -rf xecho hello');
});

it('marks characters that reorder text', () => {
  expect(plainText('a\u202egpj.exe')).toBe('a\ufffdgpj.exe');
});

it('leaves no control character, wherever a stream is cut', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('\u001b', '[', '2', 'J', '\u009d', '\r', '\n', '\t', 'é', '好', '\u0000', '\u007f'),
  });
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      expect(plainText(a) + plainText(b)).toBe(plainText(a + b));
      const codes = Array.from(plainText(a + b), (one) => one.codePointAt(0) ?? 0);
      expect(codes.filter((code) => (code < 32 && code !== 9 && code !== 10) || (code >= 127 && code <= 159))).toEqual([]);
    }),
  );
});
