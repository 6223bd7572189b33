import { decision, say } from '../decide/decision.ts';
import { planText } from '../texts/plan-text.ts';
import type { Command } from './command.ts';
import { withThread } from './with-thread.ts';

export const plan: Command = {
  name: 'plan',
  usage: '/plan',
  role: 'user',
  place: 'private',
  help: { en: 'the latest plan of this thread', zh: '查看当前线程的最新计划' },
  decide(context) {
    const { state, voice, actor } = context;
    const { phase } = state;
    return withThread(context, (thread) => {
      if (phase.name !== 'running' && state.plan?.thread === thread)
        return decision(state, say(voice, planText(state.plan.steps)));
      const run = phase.name === 'running' ? { run: phase.run } : {};
      return decision(state, [{ type: 'agent.ask', ask: { what: 'plan', by: actor.id, thread, ...run } }]);
    });
  },
};
