import { asId, type WorkspacePath } from '../ids.ts';
import { runnerContract } from './runner-contract.ts';
import { createScriptedAgent, type ScriptStep } from './scripted-runner.ts';

runnerContract('the scripted runner', async () => {
  const agent = createScriptedAgent(({ prompt }) => JSON.parse(prompt) as readonly ScriptStep[]);
  const runner = agent.runner();
  const prompt = (...steps: readonly ScriptStep[]) => JSON.stringify(steps);
  return {
    runner,
    workspace: asId<WorkspacePath>('/work/app'),
    prompts: {
      says: (text) => prompt({ say: text }),
      hangs: () => prompt({ say: 'word' }, { wait: true }),
      asks: (text) => prompt({ ask: 'make' }, { say: text }),
      loops: () => prompt({ say: 'first' }, { wait: true }),
    },
    restart: async () => agent.runner(),
    crash: async () => runner.kill(),
    close: async () => runner.kill(),
  };
});
