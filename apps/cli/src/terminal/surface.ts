import type { Line } from './spans.ts';

/** What goes on while nothing is printed. */
export interface Status {
  readonly text: string;
  /** Epoch ms. */
  readonly since: number;
}

/** Where a conversation is shown. What was printed is never changed. */
export interface Surface {
  print(lines: readonly Line[]): void;
  /** Replaces the line that is still being written. Surfaces that cannot take anything back show it once it is printed. */
  setTail(lines: readonly Line[]): void;
  setStatus(status: Status | undefined): void;
}
