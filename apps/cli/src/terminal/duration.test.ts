import { expect, it } from 'vitest';
import { duration } from './duration.ts';

it.each([
  [0, '0.0 s'],
  [420, '0.4 s'],
  [9_949, '9.9 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
])('%i ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
