import { admit } from '../policy/admit.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Somebody took a message back: if it still waits, it never reaches Codex. */
export function onMessageRecalled(state: ScopeState, input: InputOf<'message.recalled'>, rules: Rules): Decision {
  if (!admit({ ...input.event, isAddressed: true }, rules).allowed) return decision(state);
  const pending = state.pending.filter((prompt) => prompt.message !== input.event.message);
  if (pending.length === state.pending.length) return decision(state);
  const isEmpty = pending.length === 0 && state.phase.name === 'collecting';
  const next: ScopeState = { ...state, pending, ...(isEmpty && { phase: { name: 'idle' } }) };
  return decision(next, say({ state: next, rules, at: input.at }, textsIn(rules.language).recalled()));
}
