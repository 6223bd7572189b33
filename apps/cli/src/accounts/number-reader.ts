import { createInterface, type Interface } from 'node:readline';

/** Reads what a person types, a line at a time; opens the input only when the first line is wanted. */
export interface NumberReader extends Disposable {
  /** Rejects where the input has ended, so that nobody waits for what cannot come. */
  read(signal: AbortSignal): Promise<string>;
}

export function createNumberReader(input: NodeJS.ReadableStream): NumberReader {
  let opened: { readonly reader: Interface; readonly lines: AsyncIterator<string> } | undefined;
  function open() {
    const reader = createInterface({ input });
    return { reader, lines: reader[Symbol.asyncIterator]() };
  }
  return {
    async read(signal) {
      opened ??= open();
      const { reader } = opened;
      const close = () => reader.close();
      signal.addEventListener('abort', close, { once: true });
      const next = await opened.lines.next();
      signal.removeEventListener('abort', close);
      signal.throwIfAborted();
      if (next.done) throw new Error('The input ended before the answer was typed.');
      return next.value;
    },
    [Symbol.dispose]: () => opened?.reader.close(),
  };
}
