/** A bell that is not missed: rung before anyone waits, the next wait ends at once. */
export interface Wake {
  ring(): void;
  /** Resolves with the next ring, and always once the signal has aborted. One waiter at a time. */
  wait(): Promise<void>;
}

export function createWake(signal: AbortSignal): Wake {
  let isRung = false;
  let waiter = () => {};
  signal.addEventListener('abort', () => waiter(), { once: true });
  return {
    ring() {
      isRung = true;
      waiter();
    },
    async wait() {
      if (!isRung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          waiter = resolve;
        });
      }
      isRung = false;
    },
  };
}
