/** One measured thing. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Against what was measured beside it in the same run; ratios travel between machines, values do not. */
  readonly ratio?: number;
  /** What the ratio or the value should reach, in words. */
  readonly target?: string;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
