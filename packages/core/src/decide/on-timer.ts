import { answerApproval } from './answer-approval.ts';
import { type Decision, decision } from './decision.ts';
import { lookAtFollowed } from './follow-thread.ts';
import type { InputOf } from './input.ts';
import { lookAtHeld } from './on-held-looked.ts';
import { checkLimit } from './park-run.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { prepareRun } from './start-run.ts';

/** A reminder came; the world may have moved on since it was asked for. */
export function onTimer(state: ScopeState, input: InputOf<'timer.fired'>, rules: Rules): Decision {
  const { timer, at } = input;
  const { phase } = state;
  switch (timer.name) {
    case 'quiet':
      return phase.name === 'collecting' && phase.round === timer.round ? prepareRun(state, at, rules) : decision(state);
    case 'budget':
      return decision(state);
    case 'limit.check':
      return checkLimit(state, timer.run);
    case 'held.look':
      return lookAtHeld(state, timer.run);
    case 'follow.look':
      return lookAtFollowed(state, timer.since, at, rules);
    case 'approval.expire': {
      if (phase.name !== 'running' || phase.run !== timer.run) return decision(state);
      const open = phase.approvals[timer.approval];
      if (open === undefined || open.answered !== undefined) return decision(state);
      return answerApproval(state, phase, open, { answer: { type: 'decision', decision: 'decline' }, by: 'timer', at }, rules);
    }
  }
}
