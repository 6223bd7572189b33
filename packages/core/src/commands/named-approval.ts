import type { Answer } from '@threadbridge/contract';
import { answerApproval, openApprovals } from '../decide/answer-approval.ts';
import { summary } from '../decide/ask-approval.ts';
import { type Decision, decision, say } from '../decide/decision.ts';
import { eventInputId } from '../decide/input.ts';
import type { ElsewhereApproval, OpenApproval } from '../decide/open-approval.ts';
import type { CommandContext } from './command.ts';

/** An open request that somebody named. */
interface NamedApproval {
  readonly open: OpenApproval;
  /** What followed the code. */
  readonly rest: string;
  /** Answers it, here or where it was asked. */
  readonly give: (answer: Answer) => Decision;
}

/** Finds the open request whose code was typed, of this conversation or one that was put here; otherwise says which codes there are. */
export function withNamedApproval(context: CommandContext, then: (named: NamedApproval) => Decision): Decision {
  const { state, texts, voice, args, actor, at, rules } = context;
  const [typed = '', ...words] = args.split(/\s+/);
  const code = typed.toLowerCase();
  const rest = words.join(' ');
  const { phase, elsewhere = [] } = state;
  const open = phase.name === 'running' ? openApprovals(phase) : [];
  const named = open.find((candidate) => candidate.code === code);
  if (named !== undefined && phase.name === 'running') {
    return then({ open: named, rest, give: (answer) => answerApproval(state, phase, named, { answer, by: actor, at }, rules) });
  }
  const other = elsewhere.find((candidate) => candidate.open.code === code);
  if (other !== undefined) return then({ open: other.open, rest, give: (answer) => passOn(context, other, answer) });
  const codes = [...open, ...elsewhere.map((each) => each.open)];
  if (code !== '') return decision(state, say(voice, texts.approvalNotOpen()));
  if (codes.length === 0) return decision(state, say(voice, texts.approvalNoneOpen()));
  const lines = codes.map((one) => `- ${texts.statusApproval({ code: one.code, what: summary(one.approval) })}`);
  return decision(state, say(voice, [texts.approvalWhich(), ...lines].join('\n')));
}

/** The answer goes to the conversation that asked; what came of it is told here by that one. */
function passOn({ state, event, actor, at }: CommandContext, { from, run, open }: ElsewhereApproval, answer: Answer): Decision {
  const id = eventInputId(state.scope.channel, `${event.id}/answer`);
  const approval = open.approval.id;
  return decision(state, [], {
    inputs: [{ type: 'approval.answered', id, scope: from, at, from: state.scope, run, approval, answer, by: actor }],
  });
}
