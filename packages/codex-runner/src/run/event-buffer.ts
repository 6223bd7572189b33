/** Between those who push and the one who pulls. Holds everything: news of a run is never dropped, and a slow reader never stops the connection. */
export interface EventBuffer<T> {
  push(value: T): void;
  /** Nothing follows; what was pushed before is still read. */
  end(): void;
  /** The same, but the reader gets the error after the last value. */
  fail(error: unknown): void;
  /** One reader. */
  read(): AsyncIterable<T>;
}

export function createEventBuffer<T>(): EventBuffer<T> {
  const values: T[] = [];
  let outcome: { readonly error?: unknown } | undefined;
  let wake = () => {};

  const finish = (how: { readonly error?: unknown }) => {
    outcome ??= how;
    wake();
  };

  async function* read(): AsyncGenerator<T> {
    for (let at = 0; ; ) {
      if (at < values.length) {
        yield values[at++] as T;
        if (at === values.length) at = values.length = 0;
        continue;
      }
      if (outcome !== undefined) {
        if ('error' in outcome) throw outcome.error;
        return;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    push(value) {
      if (outcome !== undefined) return;
      values.push(value);
      wake();
    },
    end: () => finish({}),
    fail: (error) => finish({ error }),
    read,
  };
}
