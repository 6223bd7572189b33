/** Work in order where order matters and side by side where it does not: one lane is one queue. */
export interface Lanes {
  /** Runs the task after everything given to this lane before. */
  run(lane: string, task: () => Promise<void>): void;
  readonly isBusy: boolean;
  /** Resolves when nothing is being done. */
  idle(): Promise<void>;
}

export function createLanes(onError: (error: unknown) => void): Lanes {
  const tails = new Map<string, Promise<void>>();
  return {
    get isBusy() {
      return tails.size > 0;
    },
    run(lane, task) {
      const tail: Promise<void> = (tails.get(lane) ?? Promise.resolve())
        .then(task)
        .catch(onError)
        .then(() => {
          if (tails.get(lane) === tail) tails.delete(lane);
        });
      tails.set(lane, tail);
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
