import type { TurnError } from '@threadbridge/contract';
import type { TurnError as CodexTurnError } from '../app-server/protocol.gen.ts';
import { count, isObject, maybe, seen, text } from './seen.ts';

/** Why Codex gave a turn up. `resetsAt` (epoch ms) is told along with a used-up limit. */
export function toTurnError(value: unknown, resetsAt?: number): TurnError {
  const error = seen<CodexTurnError>(value);
  const { code, status } = readInfo(error.codexErrorInfo);
  const kind = toKind(code, status);
  return {
    kind,
    message: text(error.message) ?? 'Codex gave no reason.',
    ...maybe('code', code),
    ...maybe('status', status),
    ...(kind === 'usageLimit' && maybe('resetsAt', resetsAt)),
  };
}

/** A bare word, or an object of one member that is named by the word. */
function readInfo(info: unknown): { readonly code: string | undefined; readonly status: number | undefined } {
  const [code, detail] = isObject(info) ? (Object.entries(info)[0] ?? []) : [text(info), undefined];
  return { code, status: count(seen<{ httpStatusCode: number | null }>(detail).httpStatusCode) };
}

function toKind(name: string | undefined, status: number | undefined): TurnError['kind'] {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 429 || status === 503) return 'overloaded';
  // The type of these names ends in "any string or object": new ones are expected.
  switch (name) {
    case 'usageLimitExceeded':
    case 'sessionBudgetExceeded':
      return 'usageLimit';
    case 'contextWindowExceeded':
      return 'contextWindow';
    case 'serverOverloaded':
    case 'rateLimitExceeded':
    case 'flexUnavailable':
    case 'policyCapacityUnavailable':
    case 'responseTooManyFailedAttempts':
      return 'overloaded';
    case 'unauthorized':
      return 'unauthorized';
    case 'httpConnectionFailed':
    case 'responseStreamConnectionFailed':
    case 'responseStreamDisconnected':
      return 'unreachable';
    default:
      return 'other';
  }
}
