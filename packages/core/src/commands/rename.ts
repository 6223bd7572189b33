import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';
import { withThread } from './with-thread.ts';

export const rename: Command = {
  name: 'rename',
  usage: '/rename TITLE',
  role: 'user',
  place: 'private',
  help: { en: 'give this thread a title', zh: '给当前线程改标题' },
  decide(context) {
    const { state, texts, voice, actor, args } = context;
    if (args === '') return decision(state, say(voice, texts.usage({ usage: this.usage })));
    return withThread(context, (thread) =>
      decision(state, [{ type: 'agent.ask', ask: { what: 'rename', by: actor.id, thread, title: args } }]),
    );
  },
};
