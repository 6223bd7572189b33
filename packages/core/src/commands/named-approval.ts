import { openApprovals } from '../decide/answer-approval.ts';
import { summary } from '../decide/ask-approval.ts';
import { type Decision, decision, say } from '../decide/decision.ts';
import type { OpenApproval, RunningPhase } from '../decide/scope-state.ts';
import type { CommandContext } from './command.ts';

/** Finds the open request whose code was typed; otherwise says which codes there are. */
export function withNamedApproval(
  context: CommandContext,
  then: (phase: RunningPhase, open: OpenApproval, rest: string) => Decision,
): Decision {
  const { state, texts, voice, args } = context;
  const [code = '', ...words] = args.split(/\s+/);
  const open = state.phase.name === 'running' ? openApprovals(state.phase) : [];
  const named = open.find((candidate) => candidate.code === code.toLowerCase());
  if (named !== undefined && state.phase.name === 'running') return then(state.phase, named, words.join(' '));
  if (code !== '') return decision(state, say(voice, texts.approvalNotOpen()));
  if (open.length === 0) return decision(state, say(voice, texts.approvalNoneOpen()));
  const lines = open.map((one) => `- ${texts.statusApproval({ code: one.code, what: summary(one.approval) })}`);
  return decision(state, say(voice, [texts.approvalWhich(), ...lines].join('\n')));
}
