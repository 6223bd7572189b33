/** For those who wait until something happens again. */
export interface Bell {
  /** Wakes all who wait now. */
  ring(): void;
  /** Resolves at the next ring, or on abort; at once where that was before. */
  next(signal: AbortSignal): Promise<void>;
}

/** Makes a {@link Bell} for whoever waits within one process. */
export function createBell(): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const wake of [...waiting]) wake();
    },
    next(signal) {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
  };
}
