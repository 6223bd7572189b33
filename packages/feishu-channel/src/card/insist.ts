import { type Clock, retryAfter } from '@threadbridge/contract';

const maxAttempts = 6;

/** An operation that must come through and may be repeated: waits out clicks, haste and small troubles. */
export async function insist<T>(clock: Clock, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const pauseMs = retryAfter(error, attempt);
      if (pauseMs === undefined || attempt === maxAttempts) throw error;
      await clock.sleep(pauseMs);
    }
  }
}
