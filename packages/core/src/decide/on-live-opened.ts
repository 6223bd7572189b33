import { type Decision, decision } from './decision.ts';
import type { InputOf } from './input.ts';
import type { ScopeState } from './scope-state.ts';

/** A view was opened for the run (or moved); from now on its end is shown there. */
export function onLiveOpened(state: ScopeState, input: InputOf<'live.opened'>): Decision {
  const { phase } = state;
  if (phase.name !== 'running' || phase.run !== input.run) return decision(state);
  // What was offered at the end of the run before is over.
  const { endShown: _, ...rest } = state;
  return decision({ ...rest, phase: { ...phase, live: input.ref } });
}
