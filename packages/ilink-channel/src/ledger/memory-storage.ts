import type { JsonObject, ScopeId } from '@threadbridge/contract';
import type { LedgerStorage } from './delivery-ledger.ts';

/** Keeps a ledger as long as the process lives. */
export function createMemoryStorage(): LedgerStorage {
  const kept = new Map<ScopeId, JsonObject>();
  return {
    load: async (scope) => kept.get(scope),
    async save(scope, state) {
      kept.set(scope, state);
    },
  };
}
