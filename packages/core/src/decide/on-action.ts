import { redeemToken, redeemWayToken } from '../policy/action-token.ts';
import { admit } from '../policy/admit.ts';
import { textsIn } from '../texts/texts.ts';
import { answerApproval, openApprovals, toAnswer } from './answer-approval.ts';
import { chooseWay } from './choose-way.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Somebody pressed a button: the token says which question and which answer; the person must still be one who may answer. */
export function onAction(state: ScopeState, input: InputOf<'action.invoked'>, rules: Rules): Decision {
  const { event, at } = input;
  const texts = textsIn(rules.language);
  const voice = { state, rules, at, reply: event.reply };
  if (!admit({ ...event, isAddressed: true }, rules).allowed) return decision(state, say(voice, texts.notYours()));
  const { phase } = state;
  if (phase.name === 'held') {
    const way = redeemWayToken(rules.tokenKey, state.scope.id, phase, event.token);
    if (way !== undefined) return chooseWay(state, phase, { way, by: event.actor.id, at }, rules);
  }
  if (phase.name !== 'running') return decision(state, say(voice, texts.approvalNotOpen()));
  const found = redeemToken(rules.tokenKey, state.scope.id, phase.run, openApprovals(phase), event.token);
  const answer = found && toAnswer(found.open, found.decision);
  if (found === undefined || answer === undefined) return decision(state, say(voice, texts.approvalNotOpen()));
  return answerApproval(state, phase, found.open, { answer, by: event.actor, at }, rules);
}
