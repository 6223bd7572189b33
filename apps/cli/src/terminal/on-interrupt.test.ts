import { expect, it } from 'vitest';
import { onInterrupt } from './on-interrupt.ts';

it('leaves at once when nothing runs', () => {
  expect(onInterrupt({ now: 1_000, previous: undefined, isBusy: false })).toBe('leave');
});

it('stops the run first, and leaves when it is pressed again soon', () => {
  expect(onInterrupt({ now: 1_000, previous: undefined, isBusy: true })).toBe('stop');
  expect(onInterrupt({ now: 3_000, previous: 1_000, isBusy: true })).toBe('leave');
});

it('takes a late second one for a first one', () => {
  expect(onInterrupt({ now: 3_001, previous: 1_000, isBusy: true })).toBe('stop');
});
