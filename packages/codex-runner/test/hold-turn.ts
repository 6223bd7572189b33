import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ThreadId, TurnId } from '@threadbridge/contract';
import { baseEnvironment, type World } from './set-up.ts';

/** A turn that another process holds, with its command. */
export interface HeldTurn {
  readonly parent: ChildProcess;
  readonly codex: number;
  readonly command: number;
  readonly thread: ThreadId;
  readonly turn: TurnId;
}

/** Starts a process that begins a turn and stays in the middle of it; over the socket, where there is one. */
export async function holdTurn(world: Pick<World, 'home' | 'workspace' | 'model'>, socket?: string): Promise<HeldTurn> {
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'fixtures', 'hold-a-turn.mjs')], {
    env: {
      ...baseEnvironment(),
      TEST_HOME: world.home,
      TEST_WORKSPACE: world.workspace,
      TEST_CONFIG: JSON.stringify(world.model.codexConfig()),
      ...(socket !== undefined && { TEST_SOCKET: socket }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  return { parent, ...JSON.parse(line) };
}
