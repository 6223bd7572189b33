import { serveTaskMcp } from '@threadbridge/task-api';
import type { TaskOptions } from '../commands/task.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { openProfileTasks } from './open-tasks.ts';

/** Speaks MCP on standard input and output until the input ends. Whoever is at the other end is a program. Answers with the exit code. */
export async function serveMcp(options: TaskOptions, io: Io): Promise<number> {
  const api = await openProfileTasks(options, io, 'program');
  using stopping = stopOnSignals();
  await serveTaskMcp({ api, stdin: io.stdin, stdout: io.stdout }, stopping.signal);
  return exitCode.done;
}
