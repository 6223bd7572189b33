import { GatewayError, isGatewayError, type ScopeId } from '@threadbridge/contract';
import { type ScopeState, upcast } from '@threadbridge/core';

/** A stored conversation in today's shape, or `store.newer_schema` for one that this program cannot read. */
export function readState(where: string, scope: ScopeId, stored: unknown): ScopeState {
  try {
    return upcast(stored);
  } catch (cause) {
    if (isGatewayError(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GatewayError(
      'store.newer_schema',
      `loadScope on the store ${where} cannot read the conversation ${scope}; it was left as it is. ${why}`,
      { remedy: 'Update Threadbridge, or restore a backup made with this version.', certain: true, cause },
    );
  }
}
