import { loadConfig, openTasks, resolveProfile } from '@threadbridge/gateway';
import type { TaskApi } from '@threadbridge/task-api';
import type { TaskOptions } from '../commands/task.ts';
import type { Io } from '../io.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** The tasks of the profile's gateway. What is typed in a terminal is a person's word; what comes through pipes may be anybody's. */
export async function openProfileTasks(options: TaskOptions, io: Io, caller: 'person' | 'program'): Promise<TaskApi> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  return openTasks({
    profile,
    environment: io.environment,
    isPerson: caller === 'person',
    ...(options.url !== undefined && { baseUrl: options.url.replace(/\/$/, '') }),
  });
}

/** Who sits before the command line. */
export function callerOf(io: Io): 'person' | 'program' {
  return io.stdin.isTTY && io.stdout.isTTY ? 'person' : 'program';
}
