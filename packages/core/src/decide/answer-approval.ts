import type { Actor, ActorId, Answer, ApprovalDecision } from '@threadbridge/contract';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { Rules } from './rules.ts';
import type { OpenApproval, RunningPhase, ScopeState } from './scope-state.ts';

/** The one door through which every answer goes: commands, buttons and the reminder. The first answer wins. */
export function answerApproval(
  state: ScopeState,
  phase: RunningPhase,
  open: OpenApproval,
  given: { readonly answer: Answer; readonly by: Actor | 'timer'; readonly at: number },
  rules: Rules,
): Decision {
  const texts = textsIn(rules.language);
  const word = given.answer.type === 'decision' ? given.answer.decision : 'answered';
  const by: ActorId | 'timer' = given.by === 'timer' ? 'timer' : given.by.id;
  const answered: OpenApproval = { ...open, answered: { by, decision: word } };
  const next: ScopeState = {
    ...state,
    phase: { ...phase, approvals: { ...phase.approvals, [open.approval.id]: answered } },
  };
  const name = given.by === 'timer' ? '' : (given.by.name ?? given.by.id);
  const told =
    given.by === 'timer'
      ? texts.approvalExpired({ code: open.code })
      : texts.approvalDone({ code: open.code, decision: texts.decisions({ decision: word }), by: name });
  return decision(next, [
    { type: 'approval.answer', run: phase.run, approval: open.approval.id, answer: given.answer },
    ...say({ state: next, rules, at: given.at }, told),
  ]);
}

/** Questions of a run that nobody has answered. */
export function openApprovals(phase: RunningPhase): readonly OpenApproval[] {
  return Object.values(phase.approvals).filter((open) => open.answered === undefined);
}

/** The answer that a bare yes or no comes to. A request that wants words cannot be answered with a yes. */
export function toAnswer(open: OpenApproval, wanted: ApprovalDecision): Answer | undefined {
  return open.approval.offered.includes(wanted) ? { type: 'decision', decision: wanted } : undefined;
}
