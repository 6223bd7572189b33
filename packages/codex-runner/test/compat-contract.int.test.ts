import { join } from 'node:path';
import { asId, type ThreadId, type WorkspacePath } from '@threadbridge/contract';
import { runnerContract } from '@threadbridge/contract/testing';
import { it } from 'vitest';
import { setUp, untilGone } from './set-up.ts';

/** Set by `pnpm codex:compat`; the pinned program has its contract run in `contract.int.test.ts`. */
const bin = process.env.CODEX_COMPAT_BIN;

if (bin === undefined) it.skip('the contract on another Codex program, named by CODEX_COMPAT_BIN', () => {});
else {
  runnerContract('the runner on another Codex', async () => {
    const world = await setUp({ bin });
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
  });
}
