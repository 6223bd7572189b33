import type { Clock } from '@threadbridge/contract';
import type { Overdue } from '../decide/phase.ts';

export interface OverdueWatch {
  /** The run gave a sign of life; while it waits for a person, silence is no fault. */
  sign(isWaiting: boolean): void;
}

/** Tells once when a run has been silent for too long or has taken too long. Counts from the first sign of life, so that time in a queue is free. */
export function watchOverdue(
  limits: { readonly idleTimeoutMs: number; readonly wallTimeoutMs: number },
  clock: Clock,
  signal: AbortSignal,
  overdue: (reason: Overdue) => Promise<void>,
): OverdueWatch {
  let startedAt: number | undefined;
  let lastAt = 0;
  let isWaiting = false;

  async function watch(begunAt: number): Promise<void> {
    const wallAt = begunAt + limits.wallTimeoutMs;
    while (!signal.aborted) {
      const now = clock.now();
      const idleAt = isWaiting ? now + limits.idleTimeoutMs : lastAt + limits.idleTimeoutMs;
      if (now >= wallAt) return overdue('wall');
      if (now >= idleAt) return overdue('idle');
      await clock.sleep(Math.min(idleAt, wallAt) - now, signal);
    }
  }

  return {
    sign(waits) {
      lastAt = clock.now();
      isWaiting = waits;
      if (startedAt !== undefined) return;
      startedAt = lastAt;
      void watch(startedAt).catch(() => {});
    },
  };
}
