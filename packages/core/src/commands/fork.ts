import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';
import { withThread } from './with-thread.ts';

export const fork: Command = {
  name: 'fork',
  usage: '/fork',
  role: 'user',
  place: 'private',
  help: { en: 'go on in a copy of this thread', zh: '在当前线程的副本中继续' },
  decide(context) {
    const { state, actor } = context;
    return withThread(context, (thread) => decision(state, [{ type: 'agent.ask', ask: { what: 'fork', by: actor.id, thread } }]));
  },
};
