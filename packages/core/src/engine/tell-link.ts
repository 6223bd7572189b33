import type { Clock, Link } from '@threadbridge/contract';

/** A link that broke for less is not worth a word. */
const blipMs = 10_000;
/** One that was said to be down is said to be there once it holds. */
const holdsMs = 2_000;

/**
 * Says whether the platform can be heard: at once where the first attempt has shown it, later only what lasts. One of which nothing is known
 * for as long as a blip may last cannot be heard either.
 */
export async function tellLink(
  link: Link,
  clock: Clock,
  tell: (state: 'connected' | 'unreachable') => void,
  signal: AbortSignal,
): Promise<void> {
  let told: 'connected' | 'unreachable' | undefined;
  while (!signal.aborted) {
    const { isUp } = link;
    const state = isUp ? 'connected' : 'unreachable';
    if (state === told) {
      await link.changed(signal);
      continue;
    }
    const isFirst = told === undefined && isUp !== undefined;
    if (!isFirst && !(await lasts(link, isUp ? holdsMs : blipMs, clock, signal))) continue;
    told = state;
    tell(state);
  }
}

async function lasts(link: Link, ms: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const isOver = await Promise.race([clock.sleep(ms, either).then(() => true), link.changed(either).then(() => false)]);
  over.abort();
  return isOver && !signal.aborted;
}
