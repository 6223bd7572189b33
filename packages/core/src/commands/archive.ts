import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';
import { withThread } from './with-thread.ts';

export const archive: Command = {
  name: 'archive',
  usage: '/archive',
  role: 'user',
  place: 'private',
  help: { en: 'put this thread away', zh: '归档当前线程' },
  decide(context) {
    const { state, texts, voice, actor } = context;
    if (state.phase.name === 'running') return decision(state, say(voice, texts.waitForRun()));
    return withThread(context, (thread) =>
      decision(state, [{ type: 'agent.ask', ask: { what: 'archive', by: actor.id, thread } }]),
    );
  },
};
