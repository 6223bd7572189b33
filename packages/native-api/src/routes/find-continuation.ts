import type { Continuation } from '@threadbridge/contract';
import { ApiError, noRetry, wrongValue } from '../api-error.ts';
import type { RouteContext } from './route-context.ts';

const param = 'previous_response_id';

/** The answer a request goes on from. Throws 410, 404 or 400. */
export async function findContinuation(context: RouteContext, id: string): Promise<Continuation> {
  const { continuations, metrics } = context;
  const found = await continuations.find(id);
  switch (found.state) {
    case 'expired':
      metrics.countContinuation('expired');
      throw new ApiError(
        410,
        'invalid_request_error',
        'continuation_expired',
        `The response '${id}' can no longer be continued.`,
        {
          param,
          headers: noRetry,
        },
      );
    case 'unknown':
      metrics.countContinuation('not_found');
      throw new ApiError(404, 'not_found_error', 'continuation_not_found', `There is no stored response '${id}'.`, { param });
    case 'found':
      break;
  }
  if (found.continuation.response.status !== 'completed') {
    metrics.countContinuation('not_completed');
    throw wrongValue(param, 'that response was not completed.');
  }
  return found.continuation;
}
