import type { Actor, Answer, ApprovalDecision, Scope, ScopeId } from '@threadbridge/contract';
import { mayAllowForGood, mayAnswer } from '../policy/may-answer.ts';
import { textsIn } from '../texts/texts.ts';
import { inline } from '../texts/visible.ts';
import { summary } from './ask-approval.ts';
import type { AuditEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import type { AnsweredBy, OpenApproval } from './open-approval.ts';
import type { RunningPhase } from './phase.ts';
import type { Rules } from './rules.ts';
import type { Grant, ScopeState } from './scope-state.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

/** An answer on its way through the door. */
export interface GivenAnswer {
  readonly answer: Answer;
  readonly by: Actor | 'timer';
  readonly at: number;
  /** The conversation in which it was given, where that is another one. */
  readonly from?: ScopeId;
}

/** Grants that are remembered in one conversation. */
const shownGrants = 20;

/** The one door through which every answer goes: commands, buttons and the reminder. The first answer wins. */
export function answerApproval(
  state: ScopeState,
  phase: RunningPhase,
  open: OpenApproval,
  given: GivenAnswer,
  rules: Rules,
): Decision {
  const texts = textsIn(rules.language);
  const { answer, by, at } = given;
  if (by === 'timer') return close(state, phase, open, given, rules, texts.approvalExpired({ code: open.code }));
  if (!mayAnswer(by.id, phase, rules)) {
    return decision(state, say({ state, rules, at }, texts.notYours()), { audit: [entry(state, phase, open, given, 'refused')] });
  }
  if (wordOf(answer) === 'acceptAlways' && !mayAllowForGood(by.id, rules)) {
    return decision(state, say({ state, rules, at }, texts.forGoodRefused({ code: open.code })), {
      audit: [entry(state, phase, open, given, 'refused')],
    });
  }
  const yes = [...new Set([...(open.yes ?? []), by.id])];
  if (rules.approvals.twoPersons && isYes(answer) && yes.length < 2) {
    const next = put(state, phase, { ...open, yes });
    return decision(next, say({ state: next, rules, at }, texts.secondPerson({ code: open.code })), {
      audit: [entry(state, phase, open, given, 'first yes')],
    });
  }
  const answered: AnsweredBy = { by, decision: wordOf(answer), in: given.from ?? state.scope.id };
  return close(state, phase, open, given, rules, answeredWords(open.code, answered, state.scope, rules), answered);
}

/** Who answered, as it is told in a conversation: where nobody else reads it, it is the reader. */
export function answeredWords(code: string, { by, decision, in: place }: AnsweredBy, scope: Scope, rules: Rules): string {
  const texts = textsIn(rules.language);
  const isReader = place === scope.id && hasOneReader(scope);
  return texts.approvalDone({
    code,
    decision: texts.decisions({ decision }),
    by: isReader ? undefined : inline(by.name ?? by.id),
  });
}

/** Questions of a run that nobody has answered. */
export function openApprovals(phase: RunningPhase): readonly OpenApproval[] {
  return Object.values(phase.approvals).filter((open) => open.answered === undefined);
}

/** Who answered it, for somebody who comes later. */
export function alreadyAnswered({ code, answered }: OpenApproval, reader: Actor, scope: Scope, rules: Rules): string {
  const texts = textsIn(rules.language);
  if (answered === undefined) return texts.approvalNotOpen();
  const isReader = answered.by === reader.id && hasOneReader(scope);
  const name = answered.by === 'timer' ? texts.nobody() : inline(answered.name ?? answered.by);
  const by = isReader ? undefined : name;
  return texts.approvalAnswered({ code, by, decision: texts.decisions({ decision: answered.decision }) });
}

function hasOneReader({ kind }: Scope): boolean {
  return kind === 'private' || kind === 'console';
}

/** The answer that a bare yes or no comes to. A request that wants words cannot be answered with a yes. */
export function toAnswer(open: OpenApproval, wanted: ApprovalDecision): Answer | undefined {
  return open.approval.offered.includes(wanted) ? { type: 'decision', decision: wanted } : undefined;
}

function close(
  state: ScopeState,
  phase: RunningPhase,
  open: OpenApproval,
  given: GivenAnswer,
  rules: Rules,
  told: string,
  answeredBy?: AnsweredBy,
): Decision {
  const by = given.by === 'timer' ? ('timer' as const) : given.by.id;
  const name = given.by === 'timer' ? undefined : given.by.name;
  const answered = { by, ...(name !== undefined && { name }), decision: wordOf(given.answer) };
  const next = withGrant(put(state, phase, { ...open, answered }), phase, open, given);
  const answer = { type: 'approval.answer', run: phase.run, approval: open.approval.id, answer: given.answer } as const;
  return decision(next, [answer, ...say({ state: next, rules, at: given.at }, told)], {
    audit: [entry(state, phase, open, given, wordOf(given.answer))],
    inputs: closedElsewhere(state, phase, open, given.at, told, rules, answeredBy),
  });
}

/** Conversations that were asked too hear that it is closed. */
export function closedElsewhere(
  state: ScopeState,
  phase: RunningPhase,
  open: OpenApproval,
  at: number,
  text: string,
  rules: Rules,
  answered?: AnsweredBy,
) {
  const { id } = open.approval;
  const notice = { type: 'closed', run: phase.run, approval: id, text, ...(answered && { answered }) } as const;
  return tellElsewhere(state, phase, at, `closed/${id}`, notice, rules);
}

/** What stays allowed beyond this one time is remembered, so that it can be shown. */
function withGrant(state: ScopeState, { thread }: RunningPhase, { approval }: OpenApproval, given: GivenAnswer): ScopeState {
  const { answer, by, at } = given;
  if (by === 'timer' || answer.type !== 'decision') return state;
  if (answer.decision !== 'acceptForSession' && answer.decision !== 'acceptAlways') return state;
  const lasts = answer.decision === 'acceptAlways' ? 'always' : 'session';
  const what = lasts === 'always' ? inline(approval.alwaysRule ?? '') : summary(approval);
  const grant: Grant = { lasts, what, by: by.id, at, ...(thread !== undefined && { thread }) };
  return { ...state, grants: [...(state.grants ?? []), grant].slice(-shownGrants) };
}

function put(state: ScopeState, phase: RunningPhase, open: OpenApproval): ScopeState {
  return { ...state, phase: { ...phase, approvals: { ...phase.approvals, [open.approval.id]: open } } };
}

function isYes(answer: Answer): boolean {
  if (answer.type !== 'decision') return true;
  return answer.decision !== 'decline' && answer.decision !== 'cancel';
}

function wordOf(answer: Answer): string {
  return answer.type === 'decision' ? answer.decision : 'answered';
}

function entry(state: ScopeState, phase: RunningPhase, open: OpenApproval, given: GivenAnswer, outcome: string): AuditEntry {
  const { id, kind } = open.approval;
  return {
    ...{ at: given.at, kind: 'approval', scope: state.scope.id, outcome },
    ...(given.by !== 'timer' && { actor: given.by.id }),
    detail: {
      run: phase.run,
      approval: id,
      kind,
      fingerprint: phase.fingerprint,
      by: given.by === 'timer' ? 'timer' : given.by.id,
    },
  };
}
