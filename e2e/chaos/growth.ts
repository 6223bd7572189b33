/** What the gateway weighed at a moment. */
export interface Weight {
  /** Epoch ms. */
  readonly at: number;
  readonly rssBytes: number;
  /** Of JavaScript, after everything that is not needed was thrown away. */
  readonly heapBytes: number;
  /** Open files and sockets. */
  readonly handles: number;
}

/** How a quantity went over the second half of the time. */
export interface Course {
  readonly name: string;
  /** In the middle of the second half, by the line of best fit. */
  readonly level: number;
  /** From its beginning to its end, by the same line. */
  readonly rise: number;
  readonly perHour: number;
  /** It rose by more than it may. */
  readonly hasGrown: boolean;
}

/** So much of the level may the line rise: less cannot be told from the breath of a process in some minutes. */
const risingShare = 0.1;
/** And so many handles: a connection more or less at the end. */
const risingHandles = 4;
const fewest = 20;

/** The first half is for caches and pools to fill. Undefined where too little was weighed to say anything. Pure. */
export function coursesOf(weights: readonly Weight[]): readonly Course[] | undefined {
  const half = weights.slice(Math.floor(weights.length / 2));
  if (half.length < fewest) return undefined;
  const course = (name: string, of: (weight: Weight) => number, atLeast: number): Course => {
    const { level, slope } = fit(half.map((weight) => ({ x: weight.at, y: of(weight) })));
    const rise = slope * ((half.at(-1)?.at ?? 0) - (half[0]?.at ?? 0));
    return { name, level, rise, perHour: slope * 3_600_000, hasGrown: rise > Math.max(atLeast, level * risingShare) };
  };
  return [
    course('heap, MB', ({ heapBytes }) => heapBytes / 1e6, 2),
    course('memory, MB', ({ rssBytes }) => rssBytes / 1e6, 2),
    course('handles', ({ handles }) => handles, risingHandles),
  ];
}

/** Least squares. */
function fit(points: readonly { readonly x: number; readonly y: number }[]): {
  readonly level: number;
  readonly slope: number;
} {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  const together = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return { level: y, slope: spread === 0 ? 0 : together / spread };
}
