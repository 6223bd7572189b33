import { type GatewayError, isGatewayError, type TurnError } from '@threadbridge/contract';
import { ApiError, internalError, modelNotFound, noRetry, runtimeUnavailable } from '../api-error.ts';

/** The HTTP answer for a turn that failed. `nowMs` is what a reset time is counted from. */
export function fromTurnError(error: TurnError, model: string | undefined, nowMs: number): ApiError {
  const upstream = readUpstream(error.message);
  const message = upstream?.message ?? error.message;
  if (error.code === 'usageLimitExceeded' || error.code === 'sessionBudgetExceeded' || error.kind === 'usageLimit') {
    const waitS = error.resetsAt === undefined ? 3_600 : Math.max(1, Math.ceil((error.resetsAt - nowMs) / 1_000));
    const headers = { 'retry-after': String(waitS), ...noRetry };
    return new ApiError(429, 'rate_limit_error', 'usage_limit_exceeded', message, { headers });
  }
  if (error.code === 'rateLimitExceeded' || error.status === 429) {
    return new ApiError(429, 'rate_limit_error', 'rate_limit_exceeded', message, { headers: { 'retry-after': '5' } });
  }
  switch (error.code) {
    case 'unauthorized':
      return runtimeUnavailable('Codex is not logged in, or its login is no longer taken. Log in with `codex login`.');
    case 'serverOverloaded':
    case 'flexUnavailable':
    case 'policyCapacityUnavailable':
      return new ApiError(503, 'service_unavailable_error', 'server_overloaded', message, { headers: { 'retry-after': '5' } });
    case 'contextWindowExceeded':
      return new ApiError(400, 'invalid_request_error', 'context_length_exceeded', message, { param: 'input' });
    case 'modelNotFound':
      return modelNotFound(model ?? 'default');
    case 'badRequest':
      return badRequest(upstream, message);
    case 'cyberPolicy':
    case 'misalignmentPolicyViolation':
    case 'inferenceHookDenied':
    case 'tooManyDenials':
      return new ApiError(400, 'invalid_request_error', 'content_policy_violation', message);
    default:
      break;
  }
  switch (error.kind) {
    case 'unauthorized':
      return runtimeUnavailable('The model server does not take the login of Codex. Log in with `codex login`.');
    case 'contextWindow':
      return new ApiError(400, 'invalid_request_error', 'context_length_exceeded', message, { param: 'input' });
    case 'overloaded':
    case 'unreachable':
    case 'other':
      // A plain 400 of the model server ends as `other`, with the body as its message.
      return upstream?.isRequestError ? badRequest(upstream, message) : upstreamError(message);
  }
}

/** The HTTP answer for a run that threw. `isCertain` errors did not begin a turn. */
export function fromRunnerError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!isGatewayError(error)) return internalError(error);
  switch (error.code) {
    case 'runner.overloaded':
      return new ApiError(503, 'service_unavailable_error', 'server_overloaded', 'Codex has too much to do; try again shortly.', {
        headers: { 'retry-after': '1' },
        cause: error,
      });
    case 'runner.rejected':
    case 'runner.unsupported':
      return fromRejection(error);
    case 'runner.lost':
    case 'runner.protocol':
      return error.certain
        ? runtimeUnavailable('Codex is not running just now; it is being started again.', error)
        : upstreamError('Codex went away in the middle of the turn.', error);
    default:
      return runtimeUnavailable('Codex cannot be used on this computer; `threadbridge doctor` says why.', error);
  }
}

function fromRejection(error: GatewayError): ApiError {
  if (/exceeds the maximum length|input_too_large/i.test(error.message)) {
    return new ApiError(400, 'invalid_request_error', 'input_too_large', 'The last user message is too long for Codex.', {
      param: 'input',
      cause: error,
    });
  }
  if (/dynamic ?tool/i.test(error.message)) {
    return new ApiError(400, 'invalid_request_error', 'invalid_value', `Codex does not take these tools: ${said(error)}`, {
      param: 'tools',
      cause: error,
    });
  }
  return internalError(error);
}

/** What Codex said, without our own opening words. Names no path: these are complaints about names and schemas. */
function said(error: GatewayError): string {
  return error.message.replace(/^Codex refused to [^:]*: /, '');
}

function upstreamError(message: string, cause?: unknown): ApiError {
  // Codex has tried again by itself.
  return new ApiError(502, 'server_error', 'upstream_error', message, {
    headers: noRetry,
    ...(cause !== undefined && { cause }),
  });
}

interface UpstreamBody {
  readonly message: string;
  readonly code: string | undefined;
  readonly param: string | undefined;
  readonly isRequestError: boolean;
}

function badRequest(upstream: UpstreamBody | undefined, message: string): ApiError {
  return new ApiError(400, 'invalid_request_error', upstream?.code ?? 'invalid_request', message, {
    ...(upstream?.param !== undefined && { param: upstream.param }),
  });
}

/** The JSON error of a model server in the words of Codex; undefined where there is none. */
function readUpstream(message: string): UpstreamBody | undefined {
  const start = message.indexOf('{');
  if (start < 0) return undefined;
  try {
    const body: unknown = JSON.parse(message.slice(start, message.lastIndexOf('}') + 1));
    if (typeof body !== 'object' || body === null) return undefined;
    const error = (body as { readonly error?: unknown }).error;
    if (typeof error !== 'object' || error === null) return undefined;
    const { message: text, code, param, type } = error as Readonly<Record<string, unknown>>;
    if (typeof text !== 'string') return undefined;
    return {
      message: text,
      code: typeof code === 'string' ? code : undefined,
      param: typeof param === 'string' ? param : undefined,
      isRequestError: type === 'invalid_request_error',
    };
  } catch {
    return undefined;
  }
}
