import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const cd: Command = {
  name: 'cd',
  usage: '/cd PATH',
  role: 'admin',
  place: 'private',
  help: { en: 'work in another directory', zh: '切换工作目录' },
  decide({ state, texts, voice, actor, args }) {
    if (args === '') return decision(state, say(voice, texts.usage({ usage: this.usage })));
    return decision(state, [{ type: 'workspace.resolve', path: args, purpose: { type: 'workspace.use', by: actor.id } }]);
  },
};
