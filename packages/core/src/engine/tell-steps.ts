import type { Clock, RunItem } from '@threadbridge/contract';
import { type RunStep, toSteps } from '../decide/run-step.ts';

/** The pause before the first lines about a run; each later one is twice as long, up to the longest. */
const firstPauseMs = 10_000;
const longestPauseMs = 300_000;
/** Steps that one message tells; of more only their number is told. */
const toldSteps = 10;

/** Gathers what a run does, and tells it in fewer and fewer messages the longer it takes. */
export interface StepTeller {
  add(item: RunItem): void;
  /** What was not told yet is not told any more. Resolves when nothing more will be. */
  end(): Promise<void>;
}

export function createStepTeller(
  clock: Clock,
  tell: (told: { readonly steps: readonly RunStep[]; readonly omitted: number; readonly last: RunItem }) => Promise<void>,
): StepTeller {
  const over = new AbortController();
  let pauseMs = firstPauseMs;
  let steps: RunStep[] = [];
  let omitted = 0;
  let last: RunItem | undefined;
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (last !== undefined) {
      await clock.sleep(pauseMs, over.signal);
      if (over.signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      const told = { steps, omitted, last };
      steps = [];
      omitted = 0;
      last = undefined;
      await tell(told);
    }
    working = undefined;
  }

  return {
    add(item) {
      const fresh = toSteps(item);
      if (fresh.length === 0) return;
      const all = [...steps, ...fresh];
      steps = all.slice(-toldSteps);
      omitted += all.length - steps.length;
      last = item;
      working ??= work();
    },
    async end() {
      over.abort();
      await working;
    },
  };
}
