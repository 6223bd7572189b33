import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDirectives, splitArgument, unescapeLines } from './directives.ts';

it('finds directives in their order and leaves the rest of the prompt', () => {
  expect(parseDirectives('please [[say: a]] then [[RUN!: touch x]] thanks [[cut]]')).toEqual({
    directives: [
      { name: 'say', isUrgent: false, argument: 'a' },
      { name: 'run', isUrgent: true, argument: 'touch x' },
      { name: 'cut', isUrgent: false, argument: '' },
    ],
    rest: 'please   then   thanks',
  });
});

it('takes the full-width signs of a Chinese keyboard', () => {
  expect(parseDirectives('【【run！：ls】】 你好')).toEqual({
    directives: [{ name: 'run', isUrgent: true, argument: 'ls' }],
    rest: '你好',
  });
});

it('lets an argument hold colons, bars and line ends', () => {
  expect(parseDirectives('[[run: echo a:b | cat\nls]]').directives[0]?.argument).toBe('echo a:b | cat\nls');
});

it('leaves alone what only resembles a directive', () => {
  for (const prompt of ['[[ 1 ]]', '[run: x]', '[[run: never closed', '[[]]', 'a[[0]][1]']) {
    expect(parseDirectives(prompt)).toEqual({ directives: [], rest: prompt });
  }
});

it('splits at bars and keeps further bars in the last part', () => {
  expect(splitArgument('a | b | c')).toEqual(['a', 'b', 'c']);
  expect(splitArgument('notes.md | x | y', 2)).toEqual(['notes.md', 'x | y']);
  expect(splitArgument('笔记｜内容', 2)).toEqual(['笔记', '内容']);
});

it('turns a written line end into a real one', () => {
  expect(unescapeLines('a\\nb')).toBe('a\nb');
});

it('finds any directive whatever stands around it', () => {
  const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[[\]【】]/.test(text));
  fc.assert(
    fc.property(plain, plain, plain, (before, argument, after) => {
      const { directives } = parseDirectives(`${before}[[say: ${argument}]]${after}`);
      expect(directives).toEqual([{ name: 'say', isUrgent: false, argument: argument.trim() }]);
    }),
  );
});
