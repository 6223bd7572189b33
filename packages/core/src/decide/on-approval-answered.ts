import type { InputId } from '@threadbridge/contract';
import { textsIn } from '../texts/texts.ts';
import { answerApproval } from './answer-approval.ts';
import { type Decision, decision } from './decision.ts';
import type { Input, InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** A question of this conversation was answered in another one: it goes through the same door, and what came of it is told there. */
export function onApprovalAnswered(state: ScopeState, input: InputOf<'approval.answered'>, rules: Rules): Decision {
  const { phase } = state;
  const { run, approval, answer, by, at, from } = input;
  const open = phase.name === 'running' && phase.run === run ? phase.approvals[approval] : undefined;
  if (phase.name !== 'running' || open === undefined || open.answered !== undefined) {
    return decision(state, [], { inputs: [tellBack(state, input, textsIn(rules.language).approvalNotOpen())] });
  }
  const decided = answerApproval(state, phase, open, { answer, by, at, from: from.id }, rules);
  const after = decided.state.phase;
  // Whoever is told that it is closed need not be told twice.
  if (after.name === 'running' && after.approvals[approval]?.answered !== undefined) return decided;
  const said = decided.effects.flatMap((effect) => (effect.type === 'deliver' ? effect.message.markdown : []));
  return { ...decided, inputs: [...decided.inputs, tellBack(state, input, said.join('\n\n'))] };
}

function tellBack(state: ScopeState, { id, from, at }: InputOf<'approval.answered'>, text: string): Input {
  return {
    ...{ type: 'notice.posted', id: `${id}/told` as InputId, scope: from, at },
    ...{ from: state.scope, notice: { type: 'told', text } },
  };
}
