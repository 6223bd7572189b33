/** What Ctrl-C means now. */
export type InterruptMeaning = 'stop' | 'leave';

const againWithinMs = 2_000;

/** The first Ctrl-C during a run ends the run; when nothing runs, or soon after the first, it leaves. Pure. */
export function onInterrupt(at: {
  readonly now: number;
  readonly previous: number | undefined;
  readonly isBusy: boolean;
}): InterruptMeaning {
  const isAgain = at.previous !== undefined && at.now - at.previous <= againWithinMs;
  return at.isBusy && !isAgain ? 'stop' : 'leave';
}
