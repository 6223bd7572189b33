import type { Clock } from '@threadbridge/contract';

/** What a click is answered with, as the platform takes it. */
export type ClickAnswer = Readonly<Record<string, unknown>>;

/** Clicks whose callback waits for its answer. */
export interface ClickDesk {
  /** The click has come; from now on it can be answered. */
  open(click: string): void;
  /** The answer that somebody has, or will have before this is over; then it is too late for one. */
  wait(click: string, ms: number, signal: AbortSignal): Promise<ClickAnswer | undefined>;
  /** False: the callback was answered already, or the click is not known here. */
  answer(click: string, answer: ClickAnswer): boolean;
  /** Too late for an answer. */
  close(click: string): void;
}

export function createClickDesk(clock: Clock): ClickDesk {
  const open = new Map<string, { readonly answered: Promise<ClickAnswer>; readonly resolve: (answer: ClickAnswer) => void }>();
  return {
    open(click) {
      let resolve: (answer: ClickAnswer) => void = () => {};
      const answered = new Promise<ClickAnswer>((accept) => {
        resolve = accept;
      });
      open.set(click, { answered, resolve });
    },
    async wait(click, ms, signal) {
      const one = open.get(click);
      if (one === undefined) return undefined;
      const over = new AbortController();
      const late = clock.sleep(ms, AbortSignal.any([signal, over.signal])).then(() => undefined);
      const answer = await Promise.race([one.answered, late]);
      over.abort();
      open.delete(click);
      return answer;
    },
    answer(click, answer) {
      const one = open.get(click);
      one?.resolve(answer);
      return one !== undefined;
    },
    close: (click) => void open.delete(click),
  };
}
