import { type ErrorCode, isGatewayError } from '@threadbridge/contract';

/** What the command line's exit codes mean; public. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** Refused by policy. */
  refused: 3,
  notLoggedIn: 4,
  alreadyRunning: 5,
  /** Something is missing that only a person can choose or bring; each thing was named with its remedy. */
  notSetUp: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byCode: { readonly [Code in ErrorCode]?: ExitCode } = {
  'config.invalid': exitCodes.usage,
  'config.secret_missing': exitCodes.usage,
  // Well written, and still refused: a workspace that is too wide, a secret that others can read.
  'config.unsafe': exitCodes.refused,
  'runner.unauthorized': exitCodes.notLoggedIn,
  'channel.unauthorized': exitCodes.notLoggedIn,
  'channel.held': exitCodes.alreadyRunning,
  'store.held': exitCodes.alreadyRunning,
};

/** The exit code that tells a caller why a command ended with this error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (isGatewayError(error)) return byCode[error.code] ?? exitCodes.failed;
  return error instanceof Error && error.name === 'AbortError' ? exitCodes.interrupted : exitCodes.failed;
}
