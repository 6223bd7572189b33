import { type Decision, decision } from './decision.ts';
import type { InputOf } from './input.ts';
import type { ScopeState } from './scope-state.ts';

/** A limit is reached or the program shuts down: the run is asked to end, and its end will say why. */
export function onRunOverdue(state: ScopeState, input: InputOf<'run.overdue'>): Decision {
  const { phase } = state;
  if (phase.name !== 'running' || phase.run !== input.run || phase.stopping !== undefined) return decision(state);
  return decision({ ...state, phase: { ...phase, stopping: { reason: input.reason } } }, [
    { type: 'run.interrupt', run: phase.run },
  ]);
}
