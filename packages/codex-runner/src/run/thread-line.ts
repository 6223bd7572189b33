import type { ThreadId } from '@threadbridge/contract';

/**
 * Who is next on a thread. Asking a busy thread for a turn is no error to Codex: it steers the running turn instead. So runs on one thread
 * stand in line, first come first served.
 */
export interface ThreadLine {
  /** Resolves when it is this run's turn, with the function that leaves the line; undefined when the signal aborted before. */
  enter(thread: ThreadId, signal: AbortSignal): Promise<(() => void) | undefined>;
}

export function createThreadLine(): ThreadLine {
  const last = new Map<ThreadId, Promise<void>>();

  return {
    async enter(thread, signal) {
      const before = last.get(thread);
      let leave = () => {};
      const left = new Promise<void>((resolve) => {
        leave = resolve;
      });
      // Who gives up while waiting still keeps the order of those behind.
      const done = Promise.all([before, left]).then(() => {
        if (last.get(thread) === done) last.delete(thread);
      });
      last.set(thread, done);
      if (before !== undefined) await whicheverFirst(before, signal);
      if (!signal.aborted) return leave;
      leave();
      return undefined;
    },
  };
}

async function whicheverFirst(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let stop = () => {};
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop, { once: true });
  });
  await Promise.race([promise, aborted]);
  signal.removeEventListener('abort', stop);
}
