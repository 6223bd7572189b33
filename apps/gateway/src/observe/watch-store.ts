import type { SqliteStore } from '@threadbridge/store';
import type { Metrics } from './metrics.ts';

/** A store that counts decisions and deliveries that failed. */
export function watchStore(store: SqliteStore, { decisions, failures }: Pick<Metrics, 'decisions' | 'failures'>): SqliteStore {
  return {
    ...store,
    async commit(step) {
      await store.commit(step);
      for (const { kind, outcome } of step.audit) decisions.inc({ kind, outcome });
    },
    async record(entries) {
      await store.record(entries);
      for (const { kind, outcome } of entries) decisions.inc({ kind, outcome });
    },
    async settle(key, outcome, results) {
      await store.settle(key, outcome, results);
      if (outcome.type === 'failed' || outcome.type === 'retry') failures.inc({ phase: 'effect', code: outcome.code });
      if (outcome.type === 'unknown') failures.inc({ phase: 'effect', code: 'unknown' });
    },
  };
}
