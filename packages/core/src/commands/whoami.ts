import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const whoami: Command = {
  name: 'whoami',
  usage: '/whoami',
  role: 'guest',
  place: 'anywhere',
  help: { en: 'your id and role here', zh: '查看自己的 ID 和角色' },
  decide({ state, texts, voice, actor, role, event }) {
    return decision(state, say(voice, texts.whoami({ actor: actor.id, role, scope: event.scope.id })));
  },
};
