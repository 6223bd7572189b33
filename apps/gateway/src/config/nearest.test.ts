import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const keys = ['home', 'auth', 'model', 'transport', 'maxConcurrent'];

it.each([
  ['hoem', 'home'],
  ['Auth', 'auth'],
  ['modell', 'model'],
  ['trasport', 'transport'],
  ['max_concurrent', 'maxConcurrent'],
])('finds what %s was meant to be', (word, meant) => {
  expect(nearest(word, keys)).toBe(meant);
});

it('suggests nothing where nothing is close', () => {
  expect(nearest('temperature', keys)).toBeUndefined();
  expect(nearest('x', [])).toBeUndefined();
});
