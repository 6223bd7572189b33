import { decision, say } from '../decide/decision.ts';
import type { Command } from './command.ts';
import { withThread } from './with-thread.ts';

export const compact: Command = {
  name: 'compact',
  usage: '/compact',
  role: 'user',
  place: 'private',
  help: { en: 'sum this thread up, to free context; costs a model call', zh: '压缩当前线程以释放上下文；会调用一次模型' },
  decide(context) {
    const { state, texts, voice, actor } = context;
    if (state.phase.name === 'running') return decision(state, say(voice, texts.waitForRun()));
    return withThread(context, (thread) =>
      decision(state, [{ type: 'agent.ask', ask: { what: 'compact', by: actor.id, thread } }]),
    );
  },
};
