import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const known = ['demo', 'start', 'doctor', 'config', 'threads'];

it.each([
  ['dmeo', 'demo'],
  ['strat', 'start'],
  ['docter', 'doctor'],
  ['thread', 'threads'],
])('takes %s for %s', (word, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

it('does not guess wildly', () => {
  expect(nearest('frobnicate', known)).toBeUndefined();
});
