import { type ErrorCode, GatewayError, isGatewayError } from '@threadbridge/contract';

/** The platform's own answer to a call that it did not carry out. */
export class Refusal extends Error {
  /** The platform's code. */
  readonly code: number;
  /** `ErrCode: N` inside the text of 230099. */
  readonly inner: number | undefined;

  constructor(code: number, inner: number | undefined) {
    super(inner === undefined ? `code ${code}` : `code ${code}, ${inner}`);
    this.name = 'Refusal';
    this.code = code;
    this.inner = inner;
  }
}

const unauthorized = new Set([10_003, 10_012, 10_014, 99_991_661, 99_991_663, 99_991_671, 99_991_543]);
const hasty = new Set([99_991_400, 230_020, 11_232, 1_069_308]);
const gone = new Set([
  ...[230_002, 230_011, 230_013, 230_018, 230_019, 230_034, 230_035, 230_050, 230_053, 230_110, 231_003, 232_009],
  ...[200_740, 200_750, 1_069_304, 1_069_305, 1_069_307],
]);
/** Troubles inside the platform that pass; whether the call had an effect is open. */
const passing = new Set([2_200, 1_663, 300_000, 300_120, 230_049, 200_810, 1_069_301, 1_069_399, 99_991_500]);
const words: Readonly<Record<number, string>> = {
  230002: 'the bot is not in the chat',
  230006: 'the bot capability of the app is switched off',
  230013: 'the person is outside the availability of the app',
  230018: 'a setting of the group forbids the bot to speak',
  230022: 'the platform found sensitive content',
  230025: 'the content is too long',
  230027: 'a permission is missing',
  230028: 'the audit of the tenant refused it; mail addresses and phone numbers are known causes',
  230099: 'the card could not be made',
};

/** A refusal as an error. Texts of the platform are not repeated, they may quote the message; only names of scopes are. */
export function refused(operation: string, code: number, message: string, afterMs?: number): GatewayError {
  const inner = /ErrCode:\s*(\d+)/.exec(message)?.[1];
  const cause = new Refusal(code, inner === undefined ? undefined : Number(inner));
  const said = `Feishu refused ${operation} (${cause.message}${words[code] === undefined ? '' : `: ${words[code]}`}).`;
  if (code === 99_991_672) {
    const scopes = [...new Set(message.match(/\b[a-z_]+:[a-z_.]+(?::[a-z_.]+)?\b/g) ?? [])].slice(0, 6);
    return new GatewayError('channel.rejected', said, {
      certain: true,
      cause,
      remedy: `The app lacks a permission${scopes.length > 0 ? `, one of ${scopes.join(', ')}` : ''}. Add it in the developer console and publish a version.`,
    });
  }
  if (hasty.has(code))
    return new GatewayError('channel.rate_limited', said, { certain: true, cause, retry: { afterMs: afterMs ?? 1_000 } });
  if (passing.has(code))
    return new GatewayError('channel.unreachable', said, { certain: code === 200_810, cause, retry: 'backoff' });
  const [family, remedy] = familyOf(code);
  return new GatewayError(family, said, { certain: true, cause, remedy });
}

function familyOf(code: number): readonly [ErrorCode, string] {
  if (unauthorized.has(code))
    return ['channel.unauthorized', 'Check app id and secret, and whether the app is of Feishu or of Lark; log in again.'];
  if (gone.has(code)) return ['channel.target_gone', 'The message, the chat or the document is not there for the bot any more.'];
  return ['channel.rejected', 'Trying the same again will not help.'];
}

/** What went wrong on the way. `isBefore`: no connection was made, so nothing happened. */
export function unreachable(operation: string, reason: string, isBefore: boolean, cause?: unknown): GatewayError {
  return new GatewayError('channel.unreachable', `Feishu did not answer ${operation}: ${reason}.`, {
    certain: isBefore,
    retry: 'backoff',
    ...(cause !== undefined && { cause }),
    remedy: isBefore ? 'Look at the network and the domain.' : 'It may have arrived all the same.',
  });
}

/** The platform's code in an error, inner ones included. */
export function codesOf(error: unknown): readonly number[] {
  if (!isGatewayError(error) || !(error.cause instanceof Refusal)) return [];
  return [error.cause.code, ...(error.cause.inner === undefined ? [] : [error.cause.inner])];
}

export function hasCode(error: unknown, codes: readonly number[]): boolean {
  return codesOf(error).some((code) => codes.includes(code));
}
