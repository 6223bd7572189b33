import { expect, it } from 'vitest';
import { coursesOf, type Weight } from './growth.ts';

const weigh = (count: number, of: (index: number) => Partial<Weight>): readonly Weight[] =>
  Array.from({ length: count }, (_, index) => {
    const wave = index % 3;
    return {
      at: index * 6_000,
      rssBytes: (200 + wave * 10) * 1e6,
      heapBytes: (40 + wave) * 1e6,
      handles: 30 + wave,
      ...of(index),
    };
  });

const grown = (weights: readonly Weight[]) => coursesOf(weights)?.flatMap(({ name, hasGrown }) => (hasGrown ? [name] : []));

it('is content with what goes up and down', () => {
  expect(grown(weigh(100, () => ({})))).toEqual([]);
});

it('does not mind what fills up in the first half', () => {
  expect(grown(weigh(100, (index) => ({ rssBytes: Math.min(index, 50) * 5e6 })))).toEqual([]);
});

it('finds what grows all the time', () => {
  expect(grown(weigh(100, (index) => ({ heapBytes: (40 + index / 5) * 1e6 })))).toEqual(['heap, MB']);
  expect(grown(weigh(100, (index) => ({ rssBytes: (200 + index) * 1e6 })))).toEqual(['memory, MB']);
  expect(grown(weigh(100, (index) => ({ handles: 30 + Math.floor(index / 5) })))).toEqual(['handles']);
});

it('says how fast', () => {
  const [heap] = coursesOf(weigh(101, (index) => ({ heapBytes: index * 1e6 }))) ?? [];
  expect(heap?.perHour).toBeCloseTo(600);
  expect(heap?.rise).toBeCloseTo(50);
});

it('says nothing of too little', () => {
  expect(coursesOf(weigh(30, () => ({})))).toBeUndefined();
});
