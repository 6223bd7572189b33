import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Somebody answered, but the question was gone. They must not believe that the answer counted. */
export function onApprovalUndelivered(state: ScopeState, input: InputOf<'approval.undelivered'>, rules: Rules): Decision {
  return decision(
    state,
    say({ state, rules, at: input.at }, textsIn(rules.language).approvalUndelivered({ reason: input.reason })),
  );
}
