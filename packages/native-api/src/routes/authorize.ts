import { createHash } from 'node:crypto';
import type { AuditSink, Clock } from '@threadbridge/contract';
import { ApiError, noRetry } from '../api-error.ts';
import type { ApiCall, Authorization } from './route-context.ts';

export interface AuthorizeOptions {
  readonly workspace: string;
  readonly authorize?: (call: ApiCall) => Promise<Authorization>;
  readonly audit?: AuditSink;
  readonly clock: Clock;
}

/** No turn without a decision and, where somebody keeps them, a line about it. Throws 403. */
export function createAuthorize(options: AuthorizeOptions): (call: Omit<ApiCall, 'plan'>) => Promise<void> {
  const { workspace, authorize, audit, clock } = options;
  const may = { sandbox: 'read-only', network: false, approvals: 'never', workspace } as const;
  return async (asked) => {
    const call: ApiCall = { ...asked, plan: { ...may, fingerprint: fingerprintOf({ ...may, account: asked.account }) } };
    const decision: Authorization = (await authorize?.(call)) ?? { isAllowed: true, because: [] };
    const { requestId, plan, ...about } = call;
    await audit?.record([
      {
        at: clock.now(),
        kind: 'run',
        outcome: decision.isAllowed ? 'planned' : 'refused',
        detail: { run: requestId, ...about, ...plan, because: decision.because },
      },
    ]);
    if (decision.isAllowed) return;
    throw new ApiError(403, 'permission_error', 'not_allowed', decision.reason, { headers: noRetry });
  };
}

function fingerprintOf(plan: Readonly<Record<string, string | boolean>>): string {
  const sorted = Object.entries(plan).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 32);
}
