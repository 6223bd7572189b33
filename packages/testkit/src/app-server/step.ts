/** What the agent of a scripted app-server does in a turn, in order. */
export type AppServerStep =
  /** Says it, word by word; `wordMs`: the pause before each. */
  | { readonly say: string; readonly wordMs?: number }
  /** Asks whether it may run the command, waits for the answer, and does as if it ran where it may. */
  | { readonly ask: string }
  /** Does nothing until somebody steers or interrupts. */
  | { readonly wait: true }
  /** The turn fails with this message. */
  | { readonly fail: string };

/** What goes wrong with one request. Each is used once, in the order given, by the next request of its method. */
export type AppServerFault =
  /** Refused; nothing was done. -32001 is what an overloaded Codex says. */
  | { readonly type: 'error'; readonly code: number; readonly message?: string }
  /** No answer, ever. */
  | { readonly type: 'hang'; readonly isProcessed?: boolean }
  /** The connection ends without an answer. */
  | { readonly type: 'drop'; readonly isProcessed?: boolean }
  /** A line that is no message comes before the answer. */
  | { readonly type: 'garbage' };
