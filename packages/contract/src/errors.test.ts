import { expect, it } from 'vitest';
import { explain, GatewayError, isGatewayError, retryAfter } from './errors.ts';

it('is recognised across copies of the package', () => {
  const foreign = new Error('from another copy');
  Object.defineProperty(foreign, Symbol.for('threadbridge.GatewayError'), { value: true });
  expect(isGatewayError(foreign)).toBe(true);
  expect(isGatewayError(new Error('plain'))).toBe(false);
});

it('says when trying again can help', () => {
  const never = new GatewayError('channel.rejected', 'no');
  const later = new GatewayError('channel.rate_limited', 'slow', { retry: { afterMs: 1_500 } });
  const backoff = new GatewayError('channel.unreachable', 'gone', { retry: 'backoff' });
  expect(retryAfter(never, 1)).toBeUndefined();
  expect(retryAfter(new Error('bug'), 1)).toBeUndefined();
  expect(retryAfter(later, 9)).toBe(1_500);
  expect([1, 2, 3, 20].map((attempt) => retryAfter(backoff, attempt))).toEqual([500, 1_000, 2_000, 60_000]);
});

it('adds the remedy for people', () => {
  expect(explain(new GatewayError('runner.missing', 'No Codex.', { remedy: 'Install it.' }))).toBe('No Codex. Install it.');
});
