/** Work that is done one after another per name; other names do not wait. */
export interface Line {
  run<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export function createLine(): Line {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(name, work) {
      const before = tails.get(name) ?? Promise.resolve();
      const result = before.then(work, work);
      const tail = result.catch(() => {});
      tails.set(name, tail);
      void tail.then(() => {
        if (tails.get(name) === tail) tails.delete(name);
      });
      return result;
    },
  };
}
