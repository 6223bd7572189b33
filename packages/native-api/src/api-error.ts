/** Types of errors, as OpenAI names them. */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found_error'
  | 'conflict_error'
  | 'rate_limit_error'
  | 'server_error'
  | 'service_unavailable_error'
  | 'not_implemented_error';

export interface ApiErrorOptions {
  /** Where in the request the trouble is, as a path: `input[0].role`. */
  readonly param?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The part of an error body that every client reads. All four are always there. */
export interface ErrorFields {
  readonly message: string;
  readonly type: ErrorType;
  readonly param: string | null;
  readonly code: string;
}

/** A refusal or failure as the HTTP answer shows it. The message goes to the caller: no path, secret or name of a person. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: ErrorType;
  readonly code: string;
  readonly param: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, type: ErrorType, code: string, message: string, options: ApiErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ApiError';
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = options.param ?? null;
    this.headers = options.headers ?? {};
  }

  get fields(): ErrorFields {
    return { message: this.message, type: this.type, param: this.param, code: this.code };
  }
}

/** The openai SDK repeats 409, 429 and every 5xx unless told otherwise. */
export const noRetry = { 'x-should-retry': 'false' } as const;

/** 400: the request itself will not do. */
export function invalid(code: string, param: string, message: string): ApiError {
  return new ApiError(400, 'invalid_request_error', code, message, { param });
}

export function wrongType(param: string, wanted: string): ApiError {
  return invalid('invalid_type', param, `Invalid type for '${param}': expected ${wanted}.`);
}

export function wrongValue(param: string, message: string): ApiError {
  return invalid('invalid_value', param, `Invalid value for '${param}': ${message}`);
}

export function missing(param: string): ApiError {
  return invalid('missing_required_parameter', param, `Missing required parameter: '${param}'.`);
}

/** 400 for something that exists elsewhere but not here. */
export function unsupported(param: string, message: string, code = 'unsupported_parameter'): ApiError {
  return invalid(code, param, message);
}

export function modelNotFound(model: string): ApiError {
  return new ApiError(
    404,
    'not_found_error',
    'model_not_found',
    `The model '${model}' does not exist here. See GET /v1/models.`,
    {
      param: 'model',
    },
  );
}

/** 503: Codex is not there, or not logged in. */
export function runtimeUnavailable(message: string, cause?: unknown): ApiError {
  return new ApiError(503, 'service_unavailable_error', 'native_runtime_unavailable', message, {
    headers: { 'retry-after': '2' },
    ...(cause !== undefined && { cause }),
  });
}

/** 429: too much at once, here. */
export function serverBusy(message: string): ApiError {
  return new ApiError(429, 'rate_limit_error', 'server_busy', message, { headers: { 'retry-after': '1' } });
}

/** 500: a mistake of this program. What it was stays in the log. */
export function internalError(cause: unknown): ApiError {
  return new ApiError(500, 'server_error', 'internal_error', 'The server made a mistake; its log says more.', {
    cause,
    headers: noRetry,
  });
}

export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : internalError(error);
}
