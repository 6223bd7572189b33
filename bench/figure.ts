import type { Line } from './lines.ts';

/** What a figure should reach: its value, or its ratio where `of` says so. */
export type Target = { readonly of?: 'ratio' } & ({ readonly atMost: number } | { readonly atLeast: number });

/** One measured thing. */
export interface Figure {
  /** Stays the same from run to run, so that runs can be compared. */
  readonly name: string;
  /** The promise that it measures. Absent: worth knowing. */
  readonly line?: Line;
  readonly value: number;
  readonly unit: string;
  /** Against what was measured beside it in the same run; ratios travel between machines, values do not. */
  readonly ratio?: number;
  readonly target?: Target;
}

export type Verdict =
  | { readonly isMet: true }
  /** By what share of the target it was missed; 0.1 is ten per cent. Infinite where the target is 0. */
  | { readonly isMet: false; readonly missedBy: number };

/** Holds the figure against its target. A figure that is no number meets none. */
export function judge({ value, ratio, target }: Figure): Verdict | undefined {
  if (target === undefined) return undefined;
  const measured = target.of === 'ratio' ? (ratio ?? Number.NaN) : value;
  const [over, wanted] =
    'atMost' in target ? [measured - target.atMost, target.atMost] : [target.atLeast - measured, target.atLeast];
  return over <= 0 ? { isMet: true } : { isMet: false, missedBy: over / wanted };
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
