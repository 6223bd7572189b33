import type { Clock } from '@threadbridge/contract';
import { createRecent } from './recent.ts';

/** Lets so many through within a second, per key, in the order of asking. */
export interface Pace {
  wait(key: string, signal?: AbortSignal): Promise<void>;
}

/** A little more than a second: the platform counts when things arrive, not when they leave. */
const windowMs = 1_050;

export function createPace(clock: Clock, perSecond: number): Pace {
  const lines = createRecent<{ tail: Promise<void>; readonly times: number[] }>(1_000);

  return {
    wait(key, signal) {
      const line = lines.get(key) ?? { tail: Promise.resolve(), times: [] };
      lines.set(key, line);
      const before = line.tail;
      line.tail = (async () => {
        await before;
        // A clock that was put back must not make the pause longer.
        const first = line.times.length < perSecond ? undefined : line.times.shift();
        if (first !== undefined) await clock.sleep(Math.min(windowMs, first + windowMs - clock.now()), signal);
        line.times.push(clock.now());
      })();
      return line.tail;
    },
  };
}
