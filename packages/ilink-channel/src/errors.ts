import { GatewayError } from '@threadbridge/contract';
import { TimedOut } from './api/deadline.ts';

/** The service answered with a status instead of JSON. */
export class HttpStatusError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`HTTP status ${status}.`);
    this.name = 'HttpStatusError';
    this.status = status;
  }
}

/** What a refusal said, in HTTP 200. */
export interface Refusal {
  readonly code: number;
  readonly message: string | undefined;
}

/** Least pause after "rate limited": attempts during the penalty prolong it. */
export const throttlePauseMs = 60_000;

/**
 * A refusal of the service as an error. It is always certain: the service says that it did not do it. The codes and what they
 * were seen to mean: -2 budget, time or haste; -12 haste; -14 the token is dead; -1, -3, -4 and others a request that will not do.
 */
export function refused(endpoint: string, { code, message }: Refusal): GatewayError {
  const said = `WeChat refused ${endpoint} (${code}${phraseOf(message)}).`;
  if (code === -14) {
    return new GatewayError('channel.unauthorized', said, {
      certain: true,
      remedy: 'The login has ended, or another login took its place. Log in again by QR code.',
    });
  }
  const isHasty = code === -12 || (code === -2 && /rate|freq|too (?:many|fast)/i.test(message ?? ''));
  if (isHasty) {
    return new GatewayError('channel.rate_limited', said, {
      certain: true,
      retry: { afterMs: throttlePauseMs },
      remedy: 'Wait; every attempt meanwhile prolongs the pause.',
    });
  }
  if (code === -2 && endpoint === 'sendmessage') {
    return new GatewayError('channel.rate_limited', said, {
      certain: true,
      remedy: 'WeChat takes no more messages until the person writes again. Keep the message and send it then.',
    });
  }
  return new GatewayError('channel.rejected', said, { certain: true, remedy: 'Trying again will not help.' });
}

/** Words of the service that name a reason; anything longer or stranger might quote the request. */
function phraseOf(message: string | undefined): string {
  return message !== undefined && /^[a-z_ ]{1,40}$/i.test(message) ? `, ${message}` : '';
}

/** What went wrong on the way. `certain` only where no connection was made. */
export function unreachable(endpoint: string, cause: unknown): GatewayError {
  const certain = isBeforeConnection(cause);
  const reason =
    cause instanceof TimedOut || cause instanceof HttpStatusError ? cause.message : `${codeOf(cause) ?? 'The connection broke'}.`;
  return new GatewayError('channel.unreachable', `WeChat did not answer ${endpoint}: ${reason}`, {
    certain,
    retry: 'backoff',
    cause,
    remedy: certain ? 'Look at the network and the address.' : 'It may have arrived all the same.',
  });
}

const beforeConnection = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function isBeforeConnection(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(isBeforeConnection);
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? cause.code : undefined;
  return (typeof code === 'string' && beforeConnection.has(code)) || isBeforeConnection(cause.cause);
}

function codeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  return 'code' in cause && typeof cause.code === 'string' && /^\w+$/.test(cause.code) ? cause.code : codeOf(cause.cause);
}
