import { createInterface } from 'node:readline';

/** Messages of a pipe: one a line; a line that ends in a backslash goes on in the next. Empty ones are left out. */
export async function* readMessages(input: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<string> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const stop = () => lines.close();
  signal.addEventListener('abort', stop);
  let begun = '';
  try {
    for await (const line of lines) {
      if (signal.aborted) return;
      if (line.endsWith('\\')) {
        begun += `${line.slice(0, -1)}\n`;
        continue;
      }
      const message = (begun + line).trim();
      begun = '';
      if (message !== '') yield message;
    }
    if (begun.trim() !== '' && !signal.aborted) yield begun.trim();
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
  }
}
