import { languageHere } from '../policy/language-here.ts';
import { answerLook } from './answer-click.ts';
import { type Decision, decision } from './decision.ts';
import type { Input } from './input.ts';
import { noteHome } from './note-home.ts';
import { onAction } from './on-action.ts';
import { onAgentAnswered } from './on-agent-answered.ts';
import { onApprovalAnswered } from './on-approval-answered.ts';
import { onApprovalUndelivered } from './on-approval-undelivered.ts';
import { onArtifactTaken } from './on-artifact-taken.ts';
import { onAttachmentsFetched } from './on-attachments-fetched.ts';
import { onChannelFailed } from './on-channel-failed.ts';
import { onDeliveryFailed, onLiveRefused } from './on-delivery-failed.ts';
import { onHostAnswered } from './on-host-answered.ts';
import { onLiveOpened } from './on-live-opened.ts';
import { onMessage } from './on-message.ts';
import { onMessageRecalled } from './on-message-recalled.ts';
import { onNoticePosted } from './on-notice-posted.ts';
import { onRunHeld, onRunJoined } from './on-run-held.ts';
import { onRunLost } from './on-run-lost.ts';
import { onRunOverdue } from './on-run-overdue.ts';
import { onRunProgressed } from './on-run-progressed.ts';
import { onRunSteered } from './on-run-steered.ts';
import { onRunWorked } from './on-run-worked.ts';
import { onThreadsFound } from './on-threads-found.ts';
import { onTimer } from './on-timer.ts';
import { onWorkspaceResolved } from './on-workspace-resolved.ts';
import { recallQuote, rememberSaid } from './recall-quote.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { inTurn, isOfEarlierLife, settleRestored } from './settle-restored.ts';
import { speakWithinBudget } from './speak-within-budget.ts';
import { tellUntold } from './tell-untold.ts';

/** What follows from a fact. Pure: no clock, no dice, no disk; the same three values give the same answer for ever. */
export function decide(stored: ScopeState, input: Input, profile: Rules): Decision {
  const rules: Rules = { ...profile, language: languageHere(stored, input, profile), cause: input.id };
  const settled = settleRestored(stored, input.at, rules);
  const { state } = settled;
  const recalled = recallQuote(state, input);
  const next = isOfEarlierLife(input, rules) ? decision(state) : judge(state, recalled, rules);
  const answered = answerLook(state, next, recalled);
  const made = speakWithinBudget(state, recalled, tellUntold(inTurn(settled, answered), recalled, rules), rules);
  return noteHome({ ...made, state: rememberSaid(made.state, input, rules) }, input, rules);
}

function judge(state: ScopeState, input: Input, rules: Rules): Decision {
  switch (input.type) {
    case 'message.received':
      return onMessage(state, input, rules);
    case 'message.recalled':
      return onMessageRecalled(state, input, rules);
    case 'action.invoked':
      return onAction(state, input, rules);
    case 'timer.fired':
      return onTimer(state, input, rules);
    case 'run.progressed':
      return onRunProgressed(state, input, rules);
    case 'run.lost':
      return onRunLost(state, input, rules);
    case 'run.held':
      return onRunHeld(state, input, rules);
    case 'run.joined':
      return onRunJoined(state, input, rules);
    case 'run.worked':
      return onRunWorked(state, input, rules);
    case 'run.overdue':
      return onRunOverdue(state, input);
    case 'run.steered':
      return onRunSteered(state, input, rules);
    case 'live.opened':
      return onLiveOpened(state, input);
    case 'live.refused':
      return onLiveRefused(state, input, rules);
    case 'approval.undelivered':
      return onApprovalUndelivered(state, input, rules);
    case 'notice.posted':
      return onNoticePosted(state, input, rules);
    case 'approval.answered':
      return onApprovalAnswered(state, input, rules);
    case 'delivery.accepted':
    case 'store.restored':
      return decision(state);
    case 'delivery.failed':
      return onDeliveryFailed(state, input, rules);
    case 'channel.failed':
      return onChannelFailed(state, input, rules);
    case 'agent.answered':
      return onAgentAnswered(state, input, rules);
    case 'artifact.taken':
      return onArtifactTaken(state, input, rules);
    case 'attachments.fetched':
      return onAttachmentsFetched(state, input, rules);
    case 'host.answered':
      return onHostAnswered(state, input, rules);
    case 'workspace.resolved':
      return onWorkspaceResolved(state, input, rules);
    case 'threads.found':
      return onThreadsFound(state, input, rules);
  }
}
