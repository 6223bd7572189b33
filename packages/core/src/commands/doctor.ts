import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const doctor: Command = {
  name: 'doctor',
  usage: '/doctor',
  role: 'admin',
  place: 'private',
  help: { en: 'what works on the computer, and what to do about the rest', zh: '检查电脑上的运行状况' },
  decide({ state, actor }) {
    return decision(state, [{ type: 'host.ask', ask: { what: 'doctor', by: actor.id } }]);
  },
};
