import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const reconnect: Command = {
  name: 'reconnect',
  usage: '/reconnect [CHANNEL]',
  role: 'admin',
  place: 'private',
  help: { en: 'connect to the chat platforms anew', zh: '重新连接聊天平台' },
  decide({ state, actor, args }) {
    const ask = { what: 'reconnect', by: actor.id, ...(args !== '' && { channel: args }) } as const;
    return decision(state, [{ type: 'host.ask', ask }]);
  },
};
