import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const threads: Command = {
  name: 'threads',
  usage: '/threads [SEARCH]',
  role: 'user',
  place: 'private',
  help: { en: 'list the threads on this computer', zh: '列出这台电脑上的线程' },
  decide({ state, actor, args }) {
    const wanted = { limit: 10, ...(args !== '' && { search: args }) };
    return decision(state, [{ type: 'threads.find', wanted, purpose: { type: 'list', by: actor.id } }]);
  },
};
