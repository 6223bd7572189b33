import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';

export const add: Command = {
  name: 'add',
  usage: '/add NAME THREAD',
  role: 'user',
  place: 'private',
  help: { en: 'give a thread a name; the short id is enough', zh: '给线程起名；短 ID 即可' },
  decide({ state, texts, voice, actor, args }) {
    const [name, thread, ...more] = args.split(/\s+/);
    if (!name || !thread || more.length > 0) return decision(state, say(voice, texts.usage({ usage: this.usage })));
    if (!/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,31}$/u.test(name)) return decision(state, say(voice, texts.aliasBadName()));
    return decision(state, [
      {
        type: 'threads.find',
        wanted: { idPart: thread.toLowerCase() },
        purpose: { type: 'alias.add', name, thread, by: actor.id },
      },
    ]);
  },
};
