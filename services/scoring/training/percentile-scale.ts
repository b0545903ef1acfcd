/** Where a value stands among the firms: −0.5 for the worst, +0.5 for the best; linear between knots. */
export interface PercentileScale {
  readonly knots: readonly { readonly at: number; readonly standing: number }[];
}

const DECILES = 10;

/** Rounds to three significant digits, so that knots read well and do not hang on a last bit. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** Scale over the known values of all firms, labelled or not: outcomes take no part. */
export function percentileScale(values: readonly number[], better: 'higher' | 'lower'): PercentileScale {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) throw new RangeError('a scale needs values');
  const edges = Array.from({ length: DECILES + 1 }, (_, decile) => rounded(sorted[Math.round(((sorted.length - 1) * decile) / DECILES)]!));
  const knots = [...new Set(edges)].map((at) => {
    const below = sorted.filter((value) => value < at).length;
    const upTo = sorted.filter((value) => value <= at).length;
    const place = (below + upTo) / 2 / sorted.length - 0.5;
    return { at, standing: Number((better === 'higher' ? place : -place).toFixed(4)) };
  });
  return { knots };
}

/** Standing of a value; an unknown one stands with the worst (R-CR-02). */
export function standingOf({ knots }: PercentileScale, value: number | null | undefined): number {
  if (value === null || value === undefined) return Math.min(...knots.map(({ standing }) => standing));
  const next = knots.findIndex(({ at }) => value < at);
  if (next === 0) return knots[0]!.standing;
  const left = knots.at(next === -1 ? -1 : next - 1)!;
  if (next === -1) return left.standing;
  const right = knots[next]!;
  return left.standing + ((right.standing - left.standing) * (value - left.at)) / (right.at - left.at);
}
