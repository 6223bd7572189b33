import type { Store } from '@threadbridge/core';
import type { Changes } from './changes.ts';

/** The same store, which tells after each write what changed. */
export function observeStore<Observed extends Store>(store: Observed, { tell }: Changes): Observed {
  return {
    ...store,
    async commit(step) {
      await store.commit(step);
      tell({ type: 'conversation', scope: step.scope.id });
      if (step.effects.some(({ effect }) => effect.type === 'deliver')) tell({ type: 'delivery' });
      if (step.effects.some(({ effect }) => effect.type === 'run.start')) tell({ type: 'run' });
    },
    async start(key) {
      await store.start(key);
      tell({ type: 'delivery' });
    },
    async settle(key, outcome, results) {
      await store.settle(key, outcome, results);
      tell({ type: 'delivery' });
      tell({ type: 'run' });
    },
  };
}
