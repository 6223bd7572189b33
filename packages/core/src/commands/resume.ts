import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const resume: Command = {
  name: 'resume',
  usage: '/resume THREAD',
  role: 'user',
  place: 'private',
  help: { en: 'go on in a thread, in its own directory; the short id is enough', zh: '在某个线程及其目录中继续；短 ID 即可' },
  decide({ state, texts, voice, actor, args }) {
    if (args === '' || /\s/.test(args)) return decision(state, say(voice, texts.usage({ usage: this.usage })));
    const purpose = { type: 'resume', thread: args, by: actor.id } as const;
    return decision(state, [{ type: 'threads.find', wanted: { idPart: args.toLowerCase() }, purpose }]);
  },
};
