import type { ThreadId } from '@threadbridge/contract';
import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';
import { withThread } from './with-thread.ts';

export const refresh: Command = {
  name: 'refresh',
  usage: '/refresh',
  role: 'user',
  place: 'private',
  help: { en: 'what happened in this thread elsewhere', zh: '查看该线程在别处的进展' },
  decide(context) {
    const { state, actor } = context;
    const moved = state.phase.name === 'preparing' ? state.phase.moved : undefined;
    const read = (thread: ThreadId) => {
      const seen = state.seen?.[thread];
      return decision(state, [
        { type: 'agent.ask', ask: { what: 'refresh', by: actor.id, thread, ...(seen !== undefined && { seen }) } },
      ]);
    };
    return moved === undefined ? withThread(context, read) : read(moved);
  },
};
