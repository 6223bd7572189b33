import type { Clock } from '@threadbridge/contract';

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
  let lastAt = clock.now();

  const watch = async () => {
    while (!stopped.signal.aborted) {
      // A clock that was put back must not make the time longer.
      lastAt = Math.min(lastAt, clock.now());
      const leftMs = lastAt + deadlineMs - clock.now();
      if (leftMs > 0) await clock.sleep(leftMs, stopped.signal);
      else if (options.isExcused()) lastAt = clock.now();
      else return options.onStall();
    }
  };
  void watch();

  return {
    note() {
      lastAt = clock.now();
    },
    stop: () => stopped.abort(),
  };
}
