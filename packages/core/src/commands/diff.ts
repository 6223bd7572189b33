import { decision } from '../decide/decision.ts';
import type { Command } from './command.ts';
import { withThread } from './with-thread.ts';

export const diff: Command = {
  name: 'diff',
  usage: '/diff',
  role: 'user',
  place: 'private',
  help: { en: 'what the last turn changed in files', zh: '查看上一轮修改的文件内容' },
  decide(context) {
    const { state, actor } = context;
    return withThread(context, (thread) => decision(state, [{ type: 'agent.ask', ask: { what: 'diff', by: actor.id, thread } }]));
  },
};
