import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const use: Command = {
  name: 'use',
  usage: '/use NAME',
  role: 'user',
  place: 'private',
  help: { en: 'go on in a named thread, in its own directory', zh: '在已命名的线程及其目录中继续' },
  decide({ state, rules, texts, voice, actor, args }) {
    if (args === '') return decision(state, say(voice, texts.usage({ usage: this.usage })));
    const alias = rules.facts.aliases.get(args);
    if (alias === undefined) return decision(state, say(voice, texts.aliasUnknown({ name: args })));
    return decision(state, [
      {
        type: 'workspace.resolve',
        path: alias.workspace,
        purpose: { type: 'alias.use', name: alias.name, thread: alias.thread, by: actor.id },
      },
    ]);
  },
};
