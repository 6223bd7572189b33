import { catchSignals } from './catch-signals.ts';

/** Work that a signal to this process ends in good order. */
export interface StoppedBySignals extends Disposable {
  readonly signal: AbortSignal;
  /** Whether it was Ctrl-C. */
  readonly isInterrupted: boolean;
}

/** Takes the signals that end a process as one abort, until disposed. */
export function stopOnSignals(): StoppedBySignals {
  const stopping = new AbortController();
  let isInterrupted = false;
  const caught = catchSignals({
    onInterrupt() {
      isInterrupted = true;
      stopping.abort();
    },
    onTerminate: () => stopping.abort(),
  });
  return {
    signal: stopping.signal,
    get isInterrupted() {
      return isInterrupted;
    },
    [Symbol.dispose]: () => caught[Symbol.dispose](),
  };
}
