import { setTimeout as delay } from 'node:timers/promises';

/** Time, given from outside; the same shape as the clocks of the other packages. */
export interface ModelClock {
  /** Epoch ms. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: ModelClock = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, signal && { signal }).catch(() => undefined),
};
