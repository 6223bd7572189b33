import type { Clock } from '@threadbridge/contract';

/**
 * Starts measuring; what it returns tells the milliseconds since then. Where the time of day was put back they begin anew, so that nothing that
 * waits for them waits longer than twice.
 */
export function startStopwatch(clock: Clock): () => number {
  let startedAt = clock.now();
  return () => {
    const now = clock.now();
    startedAt = Math.min(startedAt, now);
    return now - startedAt;
  };
}
