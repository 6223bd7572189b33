import type { Command } from './command.ts';
import { withNamedApproval } from './named-approval.ts';

export const deny: Command = {
  name: 'deny',
  usage: '/deny CODE',
  role: 'user',
  place: 'anywhere',
  help: { en: 'say no to a request of Codex', zh: '拒绝 Codex 的请求' },
  decide(context) {
    return withNamedApproval(context, ({ open, give }) => {
      const word = open.approval.offered.includes('decline') ? 'decline' : 'cancel';
      return give({ type: 'decision', decision: word });
    });
  },
};
