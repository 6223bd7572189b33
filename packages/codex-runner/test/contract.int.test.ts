import { join } from 'node:path';
import { asId, type ThreadId, type WorkspacePath } from '@threadbridge/contract';
import { type RunnerHarness, runnerContract } from '@threadbridge/contract/testing';
import { setUp, setUpSocket, untilGone, type World } from './set-up.ts';

runnerContract('the Codex runner over pipes', async () => harness(await setUp()));
runnerContract('the Codex runner over a socket', async () => harness(await setUpSocket()));

function harness(world: World): RunnerHarness {
  let gates = 0;
  return {
    runner: world.runner,
    workspace: world.workspace,
    prompts: {
      says: (text) => `[[say: ${text}]]`,
      hangs: () => `[[hold: never-${++gates} | word | never]]`,
      asks: (text) => `[[run!: touch asked]] [[say: ${text}]]`,
      loops: () => `[[run: true]] [[run: true]] [[hold: never-${++gates} | word | never]]`,
    },
    async restart() {
      await world.runner[Symbol.asyncDispose]();
      return world.another();
    },
    async crash() {
      const pid = world.pids.at(-1);
      if (pid === undefined) throw new Error('No app-server runs.');
      process.kill(pid, 'SIGKILL');
      await untilGone(pid);
    },
    missingWorkspace: asId<WorkspacePath>(join(world.workspace, 'missing')),
    unknownThread: asId<ThreadId>('01a1fd6e-580d-70e0-90d9-e178ad64afb9'),
    async close() {
      await world[Symbol.asyncDispose]();
    },
  };
}
