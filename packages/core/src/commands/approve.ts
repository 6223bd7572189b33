import type { ApprovalDecision } from '@threadbridge/contract';
import { toAnswer } from '../decide/answer-approval.ts';
import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';
import { withNamedApproval } from './named-approval.ts';

const words: Readonly<Record<string, ApprovalDecision>> = { '': 'accept', session: 'acceptForSession', always: 'acceptAlways' };

export const approve: Command = {
  name: 'approve',
  usage: '/approve CODE [session|always]',
  role: 'user',
  place: 'anywhere',
  help: { en: 'say yes to a request of Codex', zh: '同意 Codex 的请求' },
  decide(context) {
    const { state, texts, voice } = context;
    return withNamedApproval(context, ({ open, rest, give }) => {
      const wanted = words[rest.toLowerCase()];
      if (wanted === undefined) return decision(state, say(voice, texts.usage({ usage: this.usage })));
      const answer = toAnswer(open, wanted);
      if (answer !== undefined) return give(answer);
      const told = open.approval.offered.includes('accept')
        ? texts.notOffered({ offered: open.approval.offered.map((offer) => texts.decisions({ decision: offer })).join(', ') })
        : `${texts.answerNeeded()} ${texts.howToAnswer({ code: open.code })}`;
      return decision(state, say(voice, told));
    });
  },
};
