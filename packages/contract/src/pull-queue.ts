/** A source that pushes, seen as a feed that is pulled and acknowledged. */
export interface PullQueue<T> {
  /** Resolves once the reader has asked for the next item, which says that this one was handled. Rejects when the queue closes before. */
  push(item: T): Promise<void>;
  /** One reader at a time. An item whose handling failed is yielded again by the next reader. Ends on abort and on close. */
  receive(signal: AbortSignal): AsyncIterable<T>;
  /** Ends the reader; whoever waits in `push` is told that the item was not handled. */
  close(): void;
}

interface Entry<T> {
  readonly item: T;
  readonly accept: () => void;
  readonly reject: (error: Error) => void;
}

/** Makes a {@link PullQueue}. At most `capacity` items wait (default 1,000); a push beyond that rejects at once. */
export function createPullQueue<T>(options: { readonly capacity?: number } = {}): PullQueue<T> {
  const capacity = options.capacity ?? 1_000;
  const entries: Entry<T>[] = [];
  let isClosed = false;
  let wake = () => {};

  async function* receive(signal: AbortSignal): AsyncGenerator<T> {
    const stop = () => wake();
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted && !isClosed) {
        const first = entries[0];
        if (first === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        yield first.item;
        if (entries[0] === first) entries.shift();
        first.accept();
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  return {
    receive,
    push(item) {
      if (isClosed) return Promise.reject(new Error('The queue is closed; the item was not handled.'));
      if (entries.length >= capacity)
        return Promise.reject(new Error(`The queue is full (${capacity} items wait); the item was not handled.`));
      return new Promise<void>((accept, reject) => {
        entries.push({ item, accept, reject });
        wake();
      });
    },
    close() {
      isClosed = true;
      for (const entry of entries.splice(0)) entry.reject(new Error('The queue was closed before the item was handled.'));
      wake();
    },
  };
}
