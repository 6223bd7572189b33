/** Where the lines of a {@link createLineSplitter} go. */
export interface LineSplitterOptions {
  /** A longer line is dropped while it is being read, so that it never lies in memory as a whole. */
  readonly maxLineBytes: number;
  readonly onLine: (line: string) => void;
  /** Called once for a dropped line, with how much of it was seen. */
  readonly onOverflow: (sizeBytes: number) => void;
}

export interface LineSplitter {
  push(chunk: Uint8Array): void;
}

const newline = 0x0a;

/** Cuts a byte stream into lines. A character split over two chunks comes out whole: bytes are decoded only when their line is. */
export function createLineSplitter(options: LineSplitterOptions): LineSplitter {
  let parts: Uint8Array[] = [];
  let sizeBytes = 0;

  const add = (part: Uint8Array) => {
    sizeBytes += part.length;
    if (sizeBytes <= options.maxLineBytes) parts.push(part);
    else parts = [];
  };
  const finish = () => {
    if (sizeBytes > options.maxLineBytes) options.onOverflow(sizeBytes);
    else if (sizeBytes > 0) options.onLine(Buffer.concat(parts).toString('utf8').replace(/\r$/, ''));
    parts = [];
    sizeBytes = 0;
  };

  return {
    push(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
        add(chunk.subarray(from, at));
        finish();
        from = at + 1;
      }
      if (from < chunk.length) add(chunk.subarray(from));
    },
  };
}
