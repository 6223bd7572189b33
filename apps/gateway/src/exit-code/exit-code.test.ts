import { type ErrorCode, GatewayError } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { exitCodeOf } from './index.ts';

const of = (code: ErrorCode) => exitCodeOf(new GatewayError(code, 'x'));

it.each<[ErrorCode, number]>([
  ['config.invalid', 2],
  ['config.secret_missing', 2],
  ['config.unsafe', 3],
  ['runner.unauthorized', 4],
  ['channel.unauthorized', 4],
  ['store.held', 5],
  ['store.corrupt', 1],
  ['runner.lost', 1],
])('tells %s as %d', (code, exitCode) => {
  expect(of(code)).toBe(exitCode);
});

it('tells an interruption and a bug apart', () => {
  expect(exitCodeOf(AbortSignal.abort().reason)).toBe(130);
  expect(exitCodeOf(new TypeError('x'))).toBe(1);
  expect(exitCodeOf('x')).toBe(1);
});
