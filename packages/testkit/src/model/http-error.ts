import type { FailureStep } from './steps.ts';

type HttpErrorStep = Extract<FailureStep, { readonly type: 'httpError' }>;

/** An OpenAI-shaped error body with a code fitting the status. */
export function errorBody(status: number, message: string, code: string = codeOfStatus(status)): unknown {
  const type = status >= 500 ? 'server_error' : status === 429 ? 'rate_limit_error' : 'invalid_request_error';
  return { error: { message, type, param: null, code } };
}

/** The code the API uses for a status. */
export function codeOfStatus(status: number): string {
  switch (status) {
    case 400:
      return 'invalid_request_error';
    case 401:
      return 'invalid_api_key';
    case 403:
      return 'permission_denied';
    case 404:
      return 'not_found';
    case 413:
      return 'request_too_large';
    case 429:
      return 'rate_limit_exceeded';
    case 503:
      return 'server_is_overloaded';
    default:
      return status >= 500 ? 'server_error' : 'invalid_request_error';
  }
}

/** 429 in the form that Codex takes for a used-up plan: the turn fails at once and names the reset time. */
export function usageLimitReached(options: { readonly resetsAtS: number; readonly times?: number }): HttpErrorStep {
  return {
    type: 'httpError',
    status: 429,
    body: {
      error: {
        type: 'usage_limit_reached',
        message: 'The usage limit has been reached',
        plan_type: 'plus',
        resets_at: options.resetsAtS,
      },
    },
    ...(options.times === undefined ? {} : { times: options.times }),
  };
}

/** 429 with `retry-after`: Codex 0.163 and later wait and try again. */
export function rateLimited(options: { readonly retryAfterS: number; readonly times?: number }): HttpErrorStep {
  return {
    type: 'httpError',
    status: 429,
    headers: { 'retry-after': String(options.retryAfterS) },
    ...(options.times === undefined ? {} : { times: options.times }),
  };
}

/** `response.failed` as it comes when the conversation no longer fits: the turn fails with `contextWindowExceeded`. */
export function contextLengthExceeded(): FailureStep {
  return {
    type: 'failed',
    code: 'context_length_exceeded',
    message: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
  };
}
