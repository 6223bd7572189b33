import { join } from 'node:path';
import { asId, type ThreadId, type WorkspacePath } from '@threadbridge/contract';
import type { RunnerHarness } from '@threadbridge/contract/testing';
import { untilGone, type WorldOf } from './set-up.ts';

/** A world with the real Codex, for the contract of runners; `canAsk`: its runs may ask. */
export function harness(world: WorldOf, { canAsk }: { readonly canAsk: boolean }): RunnerHarness {
  let gates = 0;
  return {
    runner: world.runner,
    workspace: world.workspace,
    prompts: {
      says: (text) => `[[say: ${text}]]`,
      hangs: () => `[[hold: never-${++gates} | word | never]]`,
      ...(canAsk && { asks: (text: string) => `[[run!: touch asked]] [[say: ${text}]]` }),
      loops: () => `[[run: true]] [[run: true]] [[hold: never-${++gates} | word | never]]`,
    },
    async restart() {
      await world.runner[Symbol.asyncDispose]();
      return world.another();
    },
    async crash() {
      const pid = world.pids.at(-1);
      if (pid === undefined) throw new Error('No Codex runs.');
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
