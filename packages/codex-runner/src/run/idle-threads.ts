import type { Clock, Logger, ThreadId } from '@threadbridge/contract';
import type { AppServer } from '../app-server/app-server.ts';
import type { ThreadLine } from './thread-line.ts';
import { unloadThread } from './unload-thread.ts';

export interface IdleThreadsOptions {
  readonly line: ThreadLine;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Frees threads that nobody asks anything. While app-server holds a thread, no other program can write to it. */
export interface IdleThreads {
  /** The thread is wanted: forget what was planned. */
  keep(thread: ThreadId): void;
  /** Its run is over; free it after that time. */
  release(server: AppServer, thread: ThreadId, afterMs: number): void;
  close(): void;
}

export function createIdleThreads(options: IdleThreadsOptions): IdleThreads {
  const { line, clock, logger } = options;
  const planned = new Map<ThreadId, AbortController>();

  const free = async (server: AppServer, thread: ThreadId, afterMs: number, plan: AbortController) => {
    await clock.sleep(afterMs, plan.signal);
    const leave = await line.enter(thread, plan.signal);
    if (leave === undefined) return;
    try {
      if (!server.isClosed) await unloadThread(server, thread, clock);
    } catch (error) {
      if (!server.isClosed) logger.warn({ thread, cause: String(error) }, 'could not free an idle thread');
    } finally {
      if (planned.get(thread) === plan) planned.delete(thread);
      leave();
    }
  };

  const keep = (thread: ThreadId) => {
    planned.get(thread)?.abort();
    planned.delete(thread);
  };

  return {
    keep,
    release(server, thread, afterMs) {
      keep(thread);
      const plan = new AbortController();
      planned.set(thread, plan);
      void free(server, thread, afterMs, plan);
    },
    close() {
      for (const thread of [...planned.keys()]) keep(thread);
    },
  };
}
