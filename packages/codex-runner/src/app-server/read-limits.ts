import { type AccountLimits, GatewayError, type LimitWindow } from '@threadbridge/contract';
import { count, isObject, list, maybe, seen, text } from '../convert/seen.ts';
import { toGatewayError } from '../errors.ts';
import { RpcError } from '../rpc/rpc-error.ts';
import type { AppServer } from './app-server.ts';
import type { GetAccountRateLimitsResponse, RateLimitSnapshot, RateLimitWindow } from './protocol.gen.ts';

/** Asks the backend; only a ChatGPT login has limits. */
export async function readLimits(use: () => Promise<AppServer>): Promise<AccountLimits> {
  try {
    const server = await use();
    return toAccountLimits(await server.client.call('account/rateLimits/read', {}));
  } catch (error) {
    if (error instanceof RpcError && /authentication required/i.test(error.message)) {
      throw new GatewayError('runner.unsupported', 'This login has no limits that Codex could read.', {
        certain: true,
        cause: error,
        remedy: 'Only a ChatGPT login has them.',
      });
    }
    throw toGatewayError(error, 'read the limits of the account');
  }
}

export function toAccountLimits(value: unknown): AccountLimits {
  const reply = seen<GetAccountRateLimitsResponse>(value);
  const byLimit = isObject(reply.rateLimitsByLimitId) ? Object.values(reply.rateLimitsByLimitId) : [];
  const snapshots = (byLimit.length > 0 ? byLimit : [reply.rateLimits]).map((one) => seen<RateLimitSnapshot>(one));
  const windows = snapshots
    .flatMap(({ limitName, primary, secondary }) => list([primary, secondary]).flatMap((one) => toWindow(one, text(limitName))))
    .sort((a, b) => (a.lengthMs ?? 0) - (b.lengthMs ?? 0));
  const spent = windows.filter((window) => window.usedPercent >= 100);
  const isNamed = snapshots.some((one) => text(one.rateLimitReachedType) !== undefined || one.spendControlReached === true);
  const resets = spent.flatMap((window) => window.resetsAt ?? []);
  // The backend's own word goes before percentages.
  const isReached = typeof reply.ordinaryUsageAllowed === 'boolean' ? !reply.ordinaryUsageAllowed : isNamed || spent.length > 0;
  return {
    windows,
    isReached,
    ...(isReached && resets.length > 0 && { resetsAt: Math.max(...resets) }),
    ...maybe(
      'plan',
      snapshots.map((one) => text(one.planType)).find((plan) => plan !== undefined),
    ),
  };
}

/** Codex counts in seconds and minutes. */
function toWindow(value: unknown, name: string | undefined): readonly LimitWindow[] {
  const window = seen<RateLimitWindow>(value);
  const usedPercent = count(window.usedPercent);
  if (usedPercent === undefined) return [];
  const minutes = count(window.windowDurationMins);
  const seconds = count(window.resetsAt);
  return [
    {
      usedPercent,
      ...maybe('name', name),
      ...maybe('lengthMs', minutes === undefined ? undefined : minutes * 60_000),
      ...maybe('resetsAt', seconds === undefined ? undefined : seconds * 1_000),
    },
  ];
}
