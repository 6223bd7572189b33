import { GatewayError, isGatewayError } from '@threadbridge/contract';
import { NoReplyError, RpcError } from './rpc/rpc-error.ts';

/**
 * What went wrong, as a `GatewayError` that says what was being done (`doing`: "start the turn") and whether it surely did not happen.
 * App-server has one code for nearly every refusal (-32600), so its words decide. Words of Codex go into the message: they name threads,
 * settings and paths.
 */
export function toGatewayError(error: unknown, doing: string): GatewayError {
  if (isGatewayError(error)) return error;
  if (error instanceof RpcError) return refused(error, doing);
  if (error instanceof NoReplyError) {
    const certain = !error.wasSent;
    if (error.reason === 'closed') return lost(`Codex went away while it was to ${doing}: ${error.message}`, certain, error);
    return new GatewayError('runner.protocol', `Codex did not answer when it was to ${doing}. ${error.message}`, {
      certain,
      cause: error,
      retry: 'backoff',
      remedy: 'Try again; if it stays so, restart the gateway and look at its log.',
    });
  }
  throw error;
}

/** The agent is gone. `certain`: it surely had not begun with what was asked. */
export function lost(message: string, certain: boolean, cause?: unknown): GatewayError {
  return new GatewayError('runner.lost', message, {
    certain,
    retry: certain ? 'backoff' : 'never',
    remedy: certain ? 'Try again; Codex is started anew.' : 'Look at the thread before you ask again: Codex may have begun.',
    ...(cause !== undefined && { cause }),
  });
}

/** The request itself will not do. */
export function rejected(message: string, remedy?: string, cause?: unknown): GatewayError {
  return new GatewayError('runner.rejected', message, {
    certain: true,
    ...(remedy !== undefined && { remedy }),
    ...(cause !== undefined && { cause }),
  });
}

/** True where app-server says that it has no such thread, or none with a history yet. */
export function isUnknownThread(error: unknown): boolean {
  return (
    error instanceof RpcError &&
    /no rollout found|thread not (?:loaded|found)|not materialized|invalid (?:session|thread) id/i.test(error.message)
  );
}

function refused(error: RpcError, doing: string): GatewayError {
  const message = `Codex refused to ${doing}: ${firstLine(error.message)}`;
  if (error.code === -32001) {
    return new GatewayError('runner.overloaded', message, {
      certain: true,
      retry: 'backoff',
      cause: error,
      remedy: 'Try again shortly.',
    });
  }
  if (isUnknownThread(error)) {
    return new GatewayError('runner.thread_not_found', message, {
      certain: true,
      cause: error,
      remedy: 'Begin a new thread, or choose another one.',
    });
  }
  if (/already has an active writer/i.test(error.message)) {
    return new GatewayError('runner.thread_held', message, {
      certain: true,
      cause: error,
      remedy: 'Another Codex has this thread open. Close it there, or fork the thread.',
    });
  }
  if (/unknown variant/i.test(error.message)) {
    return new GatewayError('runner.version', message, {
      certain: true,
      cause: error,
      remedy: 'This Codex is too old or too new for the gateway; use the version it depends on.',
    });
  }
  return rejected(message, undefined, error);
}

/** "unknown variant" lists every method there is. */
function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
