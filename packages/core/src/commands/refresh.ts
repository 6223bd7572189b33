import type { ThreadId } from '@threadbridge/contract';
import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';
import { withThread } from './with-thread.ts';

export const refresh: Command = {
  name: 'refresh',
  usage: '/refresh [ALIAS]',
  role: 'user',
  place: 'private',
  help: { en: 'what happened in this or a named thread elsewhere', zh: '查看该线程或已命名线程在别处的进展' },
  decide(context) {
    const { state, actor, args, rules, texts, voice } = context;
    const moved = state.phase.name === 'preparing' ? state.phase.moved : undefined;
    const read = (thread: ThreadId) => {
      const seen = state.seen?.[thread];
      return decision(state, [
        { type: 'agent.ask', ask: { what: 'refresh', by: actor.id, thread, ...(seen !== undefined && { seen }) } },
      ]);
    };
    if (args !== '') {
      const alias = rules.facts.aliases.get(args);
      return alias === undefined ? decision(state, say(voice, texts.aliasUnknown({ name: args }))) : read(alias.thread);
    }
    return moved === undefined ? withThread(context, read) : read(moved);
  },
};
