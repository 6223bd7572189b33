import { expect, it } from 'vitest';
import { parseJsonObject } from './json-text.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const codeOf = (input: Uint8Array) => {
  try {
    parseJsonObject(input);
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('reads objects and nothing else', () => {
  expect(parseJsonObject(bytes('{"a":[1,{"b":"[[[[\\"{"}]}'))).toEqual({ a: [1, { b: '[[[["{' }] });
  expect(['[]', '"x"', '3', 'null'].map((text) => codeOf(bytes(text)))).toEqual(Array(4).fill('invalid_type'));
  expect(['', '{', 'x'].map((text) => codeOf(bytes(text)))).toEqual(Array(3).fill('invalid_json'));
  expect(codeOf(new Uint8Array([0xc3, 0x28]))).toBe('invalid_json');
});

it('counts nesting outside of strings only', () => {
  const deep = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  expect(codeOf(bytes(deep(199)))).toBeUndefined();
  expect(codeOf(bytes(deep(200)))).toBe('invalid_json');
  expect(codeOf(bytes(`{"a":"${'['.repeat(10_000)}"}`))).toBeUndefined();
});
