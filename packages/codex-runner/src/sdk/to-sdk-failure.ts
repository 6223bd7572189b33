import { GatewayError, type TurnError } from '@threadbridge/contract';
import { maybe } from '../convert/seen.ts';
import { lost, toGatewayError } from '../errors.ts';
import { RpcError } from '../rpc/rpc-error.ts';

/** Why a turn failed. The SDK hands on the sentence for people and nothing else, so the sentence decides. */
export function toSdkTurnError(message: string): TurnError {
  const status = Number(/\bstatus:? (\d{3})\b/.exec(message)?.[1] ?? Number.NaN);
  return { kind: toKind(message, status), message, ...maybe('status', Number.isNaN(status) ? undefined : status) };
}

function toKind(message: string, status: number): TurnError['kind'] {
  if (/usage limit|quota/i.test(message)) return 'usageLimit';
  if (/context window/i.test(message)) return 'contextWindow';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 429 || status === 503 || /high demand|at capacity|overloaded/i.test(message)) return 'overloaded';
  if (/connection failed|stream disconnected|error sending request/i.test(message)) return 'unreachable';
  return 'other';
}

/** What the SDK threw where it told no end of the turn. `hasBegun`: the turn was told to have begun. */
export function toSdkError(error: unknown, hasBegun: boolean): GatewayError {
  const message = error instanceof Error ? error.message : String(error);
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOEXEC') {
    return new GatewayError('runner.missing', `Codex could not be started. ${message}`, {
      certain: true,
      cause: error,
      remedy: 'Check the option `bin`, or leave it out to use the Codex this package depends on.',
    });
  }
  const [, how = '', errors = ''] = /^Codex Exec exited with (code \d+|signal \w+): ([\s\S]*)$/.exec(message) ?? [];
  const reason = reasonIn(errors);
  if (!hasBegun && how.startsWith('code') && reason !== undefined) {
    return toGatewayError(new RpcError('exec', -32600, reason), 'begin the turn');
  }
  return lost(how === '' ? `The SDK failed: ${message}` : `Codex ended with ${how} in the middle of its work.`, false, error);
}

/** Of what `codex exec` complained of, the line that ended it. */
function reasonIn(errors: string): string | undefined {
  const lines = errors.split('\n').filter((line) => line.trim() !== '' && !/^(?:WARNING|Reading prompt)/.test(line));
  return lines.find((line) => /^error/i.test(line)) ?? lines.at(-1);
}
