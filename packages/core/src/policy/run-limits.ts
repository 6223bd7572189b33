import type { Rules } from '../decide/rules.ts';
import type { ScopeState } from '../decide/scope-state.ts';

/** How long a run of a conversation may take in all, and without a sign of life; ms. */
export interface RunLimits {
  readonly wallTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

/** What was chosen here, never more than the profile allows. */
export function runLimits(state: ScopeState, rules: Rules): RunLimits {
  const { wallTimeoutMs, idleTimeoutMs } = rules.runs;
  return {
    wallTimeoutMs: Math.min(state.limits?.wallTimeoutMs ?? wallTimeoutMs, wallTimeoutMs),
    idleTimeoutMs: Math.min(state.limits?.idleTimeoutMs ?? idleTimeoutMs, idleTimeoutMs),
  };
}
