import { ApiError, noRetry } from '../api-error.ts';
import type { ApiCall, RouteContext } from './route-context.ts';

/** No turn without a decision, where there is somebody to decide. Throws 403. */
export async function authorize(context: RouteContext, call: ApiCall): Promise<void> {
  const decision = await context.authorize?.(call);
  if (decision === undefined || decision.isAllowed) return;
  throw new ApiError(403, 'permission_error', 'not_allowed', decision.reason, { headers: noRetry });
}
