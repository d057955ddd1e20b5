/** A range that holds the true value with the stated confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal's quantile for a two-sided confidence of 95 %. */
export const Z95 = 1.959964;

/** Wilson's score interval of a share, 95 %: honest also where none or few of `total` count. Source: Wilson 1927. */
export function wilson(counted: number, total: number): Interval {
  if (total === 0) return { low: 0, high: 1 };
  const share = counted / total;
  const z2 = Z95 ** 2;
  const middle = share + z2 / (2 * total);
  const half = Z95 * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total ** 2));
  const scale = 1 + z2 / total;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}

/** The smallest range that holds all of them. */
export const hull = (...intervals: readonly Interval[]): Interval => ({
  low: Math.min(...intervals.map(({ low }) => low)),
  high: Math.max(...intervals.map(({ high }) => high)),
});

/** The value below which the share `p` of sorted values lies, linear between neighbours. Source: Hyndman and Fan 1996, type 7. */
export function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
