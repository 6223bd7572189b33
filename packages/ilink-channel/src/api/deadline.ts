import type { Clock } from '@threadbridge/contract';

/** Why work was stopped: the time was over. */
export class TimedOut extends Error {
  constructor(timeoutMs: number) {
    super(`No answer within ${timeoutMs} ms.`);
    this.name = 'TimedOut';
  }
}

/** Long sleeps are looked at this often, so that a machine that slept notices at once that its time is over. */
const lookEveryMs = 5_000;

/** Runs `work` with a signal that aborts with the caller's, or with {@link TimedOut} as reason once the time on the clock is over. */
export async function withDeadline<T>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const done = new AbortController();
  const stop = () => over.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true, signal: done.signal });
  let before = clock.now();
  let until = before + timeoutMs;
  const watch = async () => {
    for (let now = before; !done.signal.aborted && now < until; now = clock.now()) {
      // A clock that was put back must not make the deadline later.
      if (now < before) until -= before - now;
      before = now;
      await clock.sleep(Math.min(lookEveryMs, until - now), done.signal);
    }
    if (!done.signal.aborted) over.abort(new TimedOut(timeoutMs));
  };
  void watch();
  try {
    return await work(over.signal);
  } finally {
    done.abort();
  }
}
