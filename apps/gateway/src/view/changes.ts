import type { GatewayChange } from '@threadbridge/contract';

/** Who wants to know that something changed. */
export interface Changes {
  tell(change: GatewayChange): void;
  subscribe(listener: (change: GatewayChange) => void): () => void;
}

export function createChanges(): Changes {
  const listeners = new Set<(change: GatewayChange) => void>();
  return {
    tell(change) {
      for (const listener of listeners) listener(change);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
