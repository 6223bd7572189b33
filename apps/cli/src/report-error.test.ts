import { GatewayError } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { describeError } from './report-error.ts';

const error = new GatewayError('store.held', 'The profile runs already (process 7).', {
  remedy: 'Stop it first.',
  cause: new Error('inner'),
});

it('says what failed and the remedy on one line', () => {
  expect(describeError(error, false)).toBe('threadbridge: The profile runs already (process 7). Stop it first.');
});

it('shows the stack, causes included, where it was asked for', () => {
  expect(describeError(error, true)).toMatch(/\n\s+at [\s\S]*caused by: Error: inner/);
});

it('lets no control character through', () => {
  expect(describeError(new Error('a\u001b[2Jb'), false)).toBe('threadbridge: a[2Jb');
});
