/** Every reason for which something could not be done. The part before the dot names who failed. */
export type ErrorCode =
  | 'channel.unauthorized'
  | 'channel.rate_limited'
  | 'channel.rejected'
  | 'channel.target_gone'
  | 'channel.unreachable'
  | 'channel.unsupported'
  | 'channel.held'
  | 'runner.missing'
  | 'runner.version'
  | 'runner.unauthorized'
  | 'runner.overloaded'
  | 'runner.lost'
  | 'runner.protocol'
  | 'runner.rejected'
  | 'runner.thread_not_found'
  | 'runner.thread_held'
  | 'runner.approval_closed'
  | 'runner.unsupported'
  | 'store.busy'
  | 'store.fenced'
  | 'store.held'
  | 'store.closed'
  | 'store.unsupported'
  | 'store.unwritable'
  | 'store.corrupt'
  | 'store.newer_schema'
  | 'config.invalid'
  | 'config.secret_missing'
  | 'config.unsafe'
  | 'host.refused'
  | 'api.invalid_request'
  | 'api.continuation_not_found'
  | 'api.unauthorized'
  | 'api.overloaded';

/** Whether trying again can help: never, after a pause of the caller's choice, or after this many milliseconds. */
export type Retry = 'never' | 'backoff' | { readonly afterMs: number };

export interface GatewayErrorOptions {
  /** What a person can do about it, as a sentence. */
  readonly remedy?: string;
  /** Default `never`. */
  readonly retry?: Retry;
  /** True: it surely did not happen. Only then may somebody be told "not sent". Default false. */
  readonly certain?: boolean;
  readonly cause?: unknown;
}

const mark = Symbol.for('threadbridge.GatewayError');

/** The one error thrown across package borders. Messages name the operation and hold no secret and no message text. */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly retry: Retry;
  readonly certain: boolean;

  constructor(code: ErrorCode, message: string, options: GatewayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'GatewayError';
    this.code = code;
    this.remedy = options.remedy;
    this.retry = options.retry ?? 'never';
    this.certain = options.certain ?? false;
    Object.defineProperty(this, mark, { value: true });
  }
}

/** Recognises a {@link GatewayError} also where two copies of this package are installed. */
export function isGatewayError(error: unknown): error is GatewayError {
  return error instanceof Error && mark in error;
}

/** Milliseconds to wait before attempt number `attempt` (from 1), or undefined where trying again is no use. Doubles up to a minute. */
export function retryAfter(error: unknown, attempt: number): number | undefined {
  if (!isGatewayError(error) || error.retry === 'never') return undefined;
  if (typeof error.retry === 'object') return error.retry.afterMs;
  return Math.min(500 * 2 ** (attempt - 1), 60_000);
}

/** The message with the remedy, for people. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isGatewayError(error) && error.remedy !== undefined ? `${error.message} ${error.remedy}` : error.message;
}
