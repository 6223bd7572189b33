import { type Clock, GatewayError } from '@threadbridge/contract';

export interface BoundOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** The bound that the work keeps by itself. */
  readonly timeoutMs: number;
}

/** How much longer than its own bound the work may take before it is left behind. */
const graceMs = 2_000;

/** Waits for work that ends after an abort. Work that does not is left behind and reported, so that a stop always ends. */
export async function withinBound(work: Promise<void>, options: BoundOptions): Promise<void> {
  const { signal, clock, timeoutMs } = options;
  const done = new AbortController();
  const overdue = async () => {
    await aborted(AbortSignal.any([signal, done.signal]));
    await clock.sleep(timeoutMs + graceMs, done.signal);
    if (done.signal.aborted) return;
    throw new GatewayError('runner.lost', `Something did not stop within ${timeoutMs + graceMs} ms and was left behind.`, {
      remedy: 'What it was doing is looked up at the next start.',
    });
  };
  try {
    await Promise.race([work, overdue()]);
  } finally {
    done.abort();
    // Nobody listens to it any more.
    work.catch(() => {});
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
