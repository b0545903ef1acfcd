/** One scored case: `risk` is higher for worse (a PD, or minus the score), `bad` is the outcome. */
export interface ScoredOutcome {
  readonly risk: number;
  readonly bad: boolean;
}

/** A figure with its 95% interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly goods: number;
  readonly bads: number;
}

const Z_95 = 1.959964;

/** The two groups; throws where one is empty, as nothing can be said about separating one group. */
export function splitByOutcome(cases: readonly ScoredOutcome[]): { bads: number[]; goods: number[] } {
  if (cases.some((one) => Number.isNaN(one.risk))) throw new RangeError('a risk is not a number');
  const bads = cases.filter((one) => one.bad).map((one) => one.risk);
  const goods = cases.filter((one) => !one.bad).map((one) => one.risk);
  if (bads.length === 0 || goods.length === 0) throw new RangeError('AUC and KS need at least one good and one bad case');
  return { bads, goods };
}

/** First place in a sorted list that is not below `value` (or, with `after`, that is above it). */
function placeOf(sorted: Float64Array, value: number, after: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const below = after ? sorted[middle]! <= value : sorted[middle]! < value;
    if (below) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For each of `ones`, the share of `others` that it exceeds, a tie counting half. */
function placements(ones: readonly number[], others: readonly number[]): number[] {
  const sorted = Float64Array.from(others).sort();
  return ones.map((one) => (placeOf(sorted, one, false) + placeOf(sorted, one, true)) / 2 / sorted.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOfMean(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1) / values.length;
}

/** Chance that a bad case is ranked riskier than a good one, ties counting half. */
export function auc(cases: readonly ScoredOutcome[]): number {
  const { bads, goods } = splitByOutcome(cases);
  return mean(placements(bads, goods));
}

/**
 * AUC with its 95% interval after DeLong, DeLong and Clarke-Pearson (1988). The interval is taken on the logit scale, so that
 * it stays within 0 and 1 with few bads; at AUC 0 or 1 the method has no variance to work with and the interval is that point.
 */
export function aucWithInterval(cases: readonly ScoredOutcome[]): Estimate {
  const { bads, goods } = splitByOutcome(cases);
  const ofBads = placements(bads, goods);
  const ofGoods = placements(goods, bads).map((share) => 1 - share);
  const value = mean(ofBads);
  const counts = { goods: goods.length, bads: bads.length };
  if (value <= 0 || value >= 1) return { value, low: value, high: value, ...counts };
  const deviation = Math.sqrt(varianceOfMean(ofBads) + varianceOfMean(ofGoods));
  const logit = Math.log(value / (1 - value));
  const reach = (Z_95 * deviation) / (value * (1 - value));
  const back = (at: number): number => 1 / (1 + Math.exp(-at));
  return { value, low: back(logit - reach), high: back(logit + reach), ...counts };
}
