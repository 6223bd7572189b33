import { isGatewayError } from '@threadbridge/contract';
import type { ApiError } from '../api-error.ts';
import type { RouteContext } from './route-context.ts';

/** Tells the log why a call failed, where its caller is told less: by a mistake of ours, or since Codex could not be used. */
export function noteFailure(failure: ApiError, error: unknown, { logger }: RouteContext, requestId: string): void {
  if (failure.status === 500) logger.error({ error, requestId }, 'a request failed by a mistake of ours');
  else if (failure.status > 500 && isGatewayError(failure.cause))
    logger.warn({ requestId, code: failure.cause.code, why: failure.cause.message }, 'Codex could not be used');
}
