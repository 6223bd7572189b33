import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const ps: Command = {
  name: 'ps',
  usage: '/ps',
  role: 'admin',
  place: 'private',
  help: { en: 'which processes run on the computer', zh: '查看电脑上正在运行的进程' },
  decide({ state, actor }) {
    return decision(state, [{ type: 'host.ask', ask: { what: 'ps', by: actor.id } }]);
  },
};
