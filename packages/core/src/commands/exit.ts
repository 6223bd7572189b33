import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const exit: Command = {
  name: 'exit',
  usage: '/exit',
  role: 'admin',
  place: 'private',
  help: { en: 'end the gateway on the computer', zh: '结束电脑上的网关' },
  decide({ state, actor, at, event }) {
    return decision(state, [{ type: 'host.ask', ask: { what: 'exit', by: actor.id } }], {
      audit: [{ at, kind: 'config', scope: event.scope.id, actor: actor.id, outcome: 'exit', detail: {} }],
    });
  },
};
