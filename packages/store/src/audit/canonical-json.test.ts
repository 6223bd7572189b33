import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('orders keys by their code units at every depth, numbers and odd names too, and adds no white space', () => {
  const value = { b: [{ z: 1, a: null }], a: 'x', 9: true, 10: false, ['__proto__']: {}, '\u20ac': 1, gone: undefined };
  expect(canonicalJson(value)).toBe('{"10":false,"9":true,"__proto__":{},"a":"x","b":[{"a":null,"z":1}],"\u20ac":1}');
});

it('keeps every value that JSON keeps, and gives the same text again for what it wrote', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});

it('keeps halves of surrogate pairs apart', () => {
  expect(canonicalJson('\ud83e')).not.toBe(canonicalJson('\ud83d'));
});

it('refuses what JSON cannot hold', () => {
  expect(() => canonicalJson({ size: 1n })).toThrow(TypeError);
});
