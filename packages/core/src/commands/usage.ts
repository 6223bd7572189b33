import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const usage: Command = {
  name: 'usage',
  usage: '/usage',
  role: 'user',
  place: 'private',
  help: { en: 'how much of the limits is used', zh: '查看用量限制' },
  decide({ state, actor }) {
    return decision(state, [{ type: 'agent.ask', ask: { what: 'limits', by: actor.id } }]);
  },
};
