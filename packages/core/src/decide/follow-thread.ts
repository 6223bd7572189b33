import { currentThread } from '../policy/current-thread.ts';
import { type Decision, decision } from './decision.ts';
import type { Effect } from './effect.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Between looks at a thread that is followed. */
const lookEveryMs = 60_000;

/** It is time to look what happened in the thread elsewhere; reading costs no turn. While a run is on here nothing is looked at. */
export function lookAtFollowed(state: ScopeState, since: number, at: number, rules: Rules): Decision {
  const { follow } = state;
  if (follow === undefined || follow.since !== since) return decision(state);
  const thread = state.phase.name === 'idle' ? currentThread(state, follow.by, rules)?.thread : undefined;
  if (thread === undefined) return decision(state, [followTimer(since, at)]);
  const seen = state.seen?.[thread];
  const ask = { what: 'refresh', by: follow.by, thread, isFollowed: true, ...(seen !== undefined && { seen }) } as const;
  return decision(state, [{ type: 'agent.ask', ask }, followTimer(since, at)]);
}

/** `since` names the wish, so that a look for an older one does nothing. */
export function followTimer(since: number, at: number): Effect {
  return { type: 'timer', at: at + lookEveryMs, timer: { name: 'follow.look', since } };
}
