import type { Heard } from './hear.ts';
import type { Said, Turn } from './ledger.ts';

export type HeardAt = Heard & { readonly at: number };

/** So long a message may be on its way. */
export const lateMs = 10_000;

/** A run of which no answer can be read, and when its end may have been told. */
export interface SilentRun {
  readonly tags: readonly string[];
  /** Epoch ms. */
  readonly from: number;
  readonly until: number;
}

/** What is left over of each turn is one run, prompts in a row that reached none are one. The end of each comes before that of the one after the next. */
export function silentRuns(rest: readonly Said[], said: readonly Said[], turns: readonly Turn[]): readonly SilentRun[] {
  const left = new Map(rest.map((one) => [one.tag, one]));
  const untilOf = (from: number) => (turns.filter(({ at }) => at > from)[1]?.at ?? Number.POSITIVE_INFINITY) + lateMs;
  const runs: SilentRun[] = turns.flatMap(({ tags, at }) => {
    const own = tags.filter((tag) => left.delete(tag));
    return own.length === 0 ? [] : [{ tags: own, from: at, until: untilOf(at) }];
  });
  let row: Said[] = [];
  const close = () => {
    const [first] = row;
    if (first !== undefined) runs.push({ tags: row.map(({ tag }) => tag), from: first.at, until: untilOf(first.at) });
    row = [];
  };
  for (const one of said) {
    if (one.isSteer) continue;
    if (left.has(one.tag)) row.push(one);
    else close();
  }
  close();
  return runs.toSorted((a, b) => a.from - b.from);
}
