import { isGatewayError } from '@threadbridge/contract';
import type { EventError, NotListening } from '../lifecycle.ts';
import type { ServiceContext } from './registry.ts';

/** What the system says where a port belongs to another program, or to nobody. */
const portReasons = ['EADDRINUSE', 'EACCES'];

/**
 * Listens. A default port that cannot be had is no reason not to start, and is answered with; one that somebody chose is. Rejects with
 * `config.*`.
 */
export async function listenIfFree<Listening>(
  place: Omit<NotListening, 'reason'>,
  listen: () => Promise<Listening>,
  origin: ServiceContext['origin'],
): Promise<{ readonly listening: Listening } | { readonly notListening: NotListening }> {
  try {
    return { listening: await listen() };
  } catch (error) {
    const reason = portReason(error);
    if (reason === undefined || origin(place.setting.split('.')).type !== 'default') throw error;
    return { notListening: { ...place, reason } };
  }
}

/** For whoever does not know the shape. */
export function tellNotListening({ services, host, port, setting, reason }: NotListening): EventError {
  const why = reason === 'EADDRINUSE' ? 'which another program has' : `which the system refuses (${reason})`;
  return {
    message: `Not there: ${services.join(', ')}. Nothing can listen on ${host}:${port}, ${why}.`,
    remedy: `Set ${setting} to another port, or free this one; then start again.`,
  };
}

/** Undefined: it failed at something else than the port. */
function portReason(error: unknown): string | undefined {
  const cause = isGatewayError(error) && error.code === 'config.invalid' ? error.cause : undefined;
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return portReasons.includes(reason) ? reason : undefined;
}
