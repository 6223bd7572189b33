/** Whoever waits for something in a fake world. */
export interface Changes {
  /** Something is not what it was. */
  tell(): void;
  /** Resolves as soon as the condition holds; looks at every change. */
  until(condition: () => boolean): Promise<void>;
}

/** Makes {@link Changes}. */
export function createChanges(): Changes {
  const watchers = new Set<() => void>();
  return {
    tell() {
      for (const watcher of watchers) watcher();
    },
    until(condition) {
      if (condition()) return Promise.resolve();
      return new Promise((resolve) => {
        const look = () => {
          if (!condition()) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
      });
    },
  };
}
