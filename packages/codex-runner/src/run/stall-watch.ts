import type { Clock } from '@threadbridge/contract';
import { startStopwatch } from '../stopwatch.ts';

export interface StallWatchOptions {
  readonly clock: Clock;
  readonly deadlineMs: number;
  /** Somebody else is awaited (a person, a command): the time starts anew. */
  readonly isExcused: () => boolean;
  readonly onStall: () => void;
}

/** Notices that a model has gone silent. Codex itself retries an unreachable server for ever. */
export interface StallWatch {
  /** A sign of life. */
  note(): void;
  stop(): void;
}

export function watchForStall(options: StallWatchOptions): StallWatch {
  const { clock, deadlineMs } = options;
  const stopped = new AbortController();
  let silentMs = startStopwatch(clock);

  const watch = async () => {
    while (!stopped.signal.aborted) {
      const leftMs = deadlineMs - silentMs();
      if (leftMs > 0) await clock.sleep(leftMs, stopped.signal);
      else if (options.isExcused()) silentMs = startStopwatch(clock);
      else return options.onStall();
    }
  };
  void watch();

  return {
    note() {
      silentMs = startStopwatch(clock);
    },
    stop: () => stopped.abort(),
  };
}
