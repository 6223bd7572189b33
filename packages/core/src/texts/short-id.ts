/** Enough of a thread id to tell it from its neighbours; ids of one minute share their beginning. */
export function shortId(thread: string): string {
  return thread.slice(-8);
}
