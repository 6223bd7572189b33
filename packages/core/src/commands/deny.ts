import { answerApproval } from '../decide/answer-approval.ts';
import type { Command } from './command.ts';
import { withNamedApproval } from './named-approval.ts';

export const deny: Command = {
  name: 'deny',
  usage: '/deny CODE',
  role: 'user',
  place: 'anywhere',
  help: { en: 'say no to a request of Codex', zh: '拒绝 Codex 的请求' },
  decide(context) {
    const { state, rules, at, actor } = context;
    return withNamedApproval(context, (phase, open) => {
      const word = open.approval.offered.includes('decline') ? 'decline' : 'cancel';
      return answerApproval(state, phase, open, { answer: { type: 'decision', decision: word }, by: actor, at }, rules);
    });
  },
};
