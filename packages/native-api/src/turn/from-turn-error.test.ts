import { GatewayError, type TurnError } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { fromRunnerError, fromTurnError } from './from-turn-error.ts';

const seen = (error: Partial<TurnError>) => {
  const { status, code, headers } = fromTurnError({ kind: 'other', message: 'no', ...error }, 'm', 1_000_000);
  return [status, code, headers['retry-after']];
};

it.each<readonly [Partial<TurnError>, number, string, string | undefined]>([
  [{ code: 'unauthorized', kind: 'unauthorized' }, 503, 'native_runtime_unavailable', '2'],
  [{ kind: 'unauthorized', status: 403 }, 503, 'native_runtime_unavailable', '2'],
  [{ code: 'usageLimitExceeded', kind: 'usageLimit', resetsAt: 1_060_000 }, 429, 'usage_limit_exceeded', '60'],
  [{ code: 'usageLimitExceeded', kind: 'usageLimit' }, 429, 'usage_limit_exceeded', '3600'],
  [{ code: 'sessionBudgetExceeded', kind: 'usageLimit' }, 429, 'usage_limit_exceeded', '3600'],
  [{ code: 'rateLimitExceeded', kind: 'overloaded' }, 429, 'rate_limit_exceeded', '5'],
  [{ code: 'responseTooManyFailedAttempts', kind: 'overloaded', status: 429 }, 429, 'rate_limit_exceeded', '5'],
  [{ code: 'responseTooManyFailedAttempts', kind: 'overloaded' }, 502, 'upstream_error', undefined],
  [{ code: 'serverOverloaded', kind: 'overloaded' }, 503, 'server_overloaded', '5'],
  [{ code: 'flexUnavailable', kind: 'overloaded' }, 503, 'server_overloaded', '5'],
  [{ code: 'contextWindowExceeded', kind: 'contextWindow' }, 400, 'context_length_exceeded', undefined],
  [{ code: 'modelNotFound' }, 404, 'model_not_found', undefined],
  [{ code: 'badRequest' }, 400, 'invalid_request', undefined],
  [{ code: 'cyberPolicy' }, 400, 'content_policy_violation', undefined],
  [{ code: 'internalServerError' }, 502, 'upstream_error', undefined],
  [{ code: 'httpConnectionFailed', kind: 'unreachable' }, 502, 'upstream_error', undefined],
  [{ code: 'solarFlare' }, 502, 'upstream_error', undefined],
])('%j: %i %s', (error, status, code, wait) => expect(seen(error)).toEqual([status, code, wait]));

it('tells what the model server said, where it was the request', () => {
  const message = `unexpected status 400: ${JSON.stringify({ error: { message: 'Bad.', type: 'invalid_request_error', code: null, param: 'tools' } })}`;
  expect(fromTurnError({ kind: 'other', code: 'other', message }, 'm', 0)).toMatchObject({
    status: 400,
    message: 'Bad.',
    param: 'tools',
  });
  const other = JSON.stringify({ error: { message: 'Down.', type: 'server_error' } });
  expect(fromTurnError({ kind: 'other', code: 'other', message: other }, 'm', 0)).toMatchObject({
    status: 502,
    message: 'Down.',
  });
});

it('shows nothing of the computer when the runner throws', () => {
  const at = (code: GatewayError['code'], certain: boolean) =>
    fromRunnerError(new GatewayError(code, 'cannot find /home/someone/codex', { certain }));
  for (const error of [
    at('runner.lost', true),
    at('runner.lost', false),
    at('runner.missing', true),
    at('runner.rejected', true),
  ]) {
    expect(error.message).not.toContain('/home');
  }
  expect([at('runner.lost', true).status, at('runner.lost', false).status, at('runner.overloaded', true).status]).toEqual([
    503, 502, 503,
  ]);
  expect(fromRunnerError(new TypeError('x')).status).toBe(500);
});
