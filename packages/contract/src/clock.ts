import { setTimeout as delay } from 'node:timers/promises';

/** Time, given from outside. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The longest pause a Node timer can hold; longer sleeps are taken in several. */
const longestPauseMs = 2 ** 31 - 1;

/** The time of the computer. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    // The time of day may be put forward and back meanwhile.
    const until = performance.now() + ms;
    for (let left = ms; left > 0 && !signal?.aborted; left = until - performance.now()) {
      await delay(Math.min(left, longestPauseMs), undefined, signal && { signal }).catch(() => {});
    }
  },
};
