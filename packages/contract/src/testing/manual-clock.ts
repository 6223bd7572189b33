import type { Clock } from '../clock.ts';

/** A clock that stands until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time; everything that sleeps until then wakes, earliest first. */
  advance(ms: number): Promise<void>;
  /** How many sleepers wait. */
  readonly sleeping: number;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Makes a clock that stands still until it is moved. Default start: 1,700,000,000,000 (epoch ms). */
export function createManualClock(startAt = 1_700_000_000_000): ManualClock {
  let now = startAt;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => now,
    get sleeping() {
      return sleepers.size;
    },
    sleep(ms, signal) {
      if (signal?.aborted || ms <= 0) return Promise.resolve();
      return new Promise<void>((resolve) => {
        const sleeper: Sleeper = {
          until: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        signal?.addEventListener('abort', sleeper.wake);
        sleepers.add(sleeper);
      });
    },
    async advance(ms) {
      const target = now + ms;
      for (;;) {
        const next = [...sleepers].filter((s) => s.until <= target).sort((a, b) => a.until - b.until)[0];
        if (next === undefined) break;
        now = next.until;
        next.wake();
        await settled();
      }
      now = target;
      await settled();
    },
  };
}

/** Lets everything that is ready run: one turn of the event loop. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
