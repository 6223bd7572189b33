import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const bind: Command = {
  name: 'bind',
  usage: '/bind THREAD',
  role: 'user',
  place: 'private',
  help: { en: 'go on in a thread and call it `default`', zh: '在某个线程中继续，并命名为 `default`' },
  decide({ state, texts, voice, actor, args }) {
    if (args === '' || /\s/.test(args)) return decision(state, say(voice, texts.usage({ usage: this.usage })));
    const purpose = { type: 'alias.add', name: 'default', thread: args, by: actor.id, isUsed: true } as const;
    return decision(state, [{ type: 'threads.find', wanted: { idPart: args.toLowerCase() }, purpose }]);
  },
};
