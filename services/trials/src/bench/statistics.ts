/** One round of a comparison: both sides measured one after the other, in the same unit. */
export interface Round {
  readonly ours: number;
  readonly ceiling: number;
}

/** A comparison over its rounds. The machine may be busy with other things, so the ratio is the median of the rounds' own ratios. */
export interface Comparison {
  readonly ours: number;
  readonly ceiling: number;
  readonly ratio: number;
  readonly lowestRatio: number;
  readonly highestRatio: number;
  readonly rounds: number;
}

/** Value below which the share (0 to 1) of the values lies, by nearest rank: always one of the values. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('no value was measured');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
}

/** Middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('no value was measured');
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** Sums up interleaved rounds. */
export function compare(rounds: readonly Round[]): Comparison {
  const ratios = rounds.map(({ ours, ceiling }) => ours / ceiling);
  return {
    ours: median(rounds.map(({ ours }) => ours)),
    ceiling: median(rounds.map(({ ceiling }) => ceiling)),
    ratio: median(ratios),
    lowestRatio: Math.min(...ratios),
    highestRatio: Math.max(...ratios),
    rounds: rounds.length,
  };
}

/** Ends a second while a window is open: what comes before (a cold start) and after (fewer and fewer in flight) does not count. */
export function ratePerSecond(endsMs: readonly number[], window: { readonly fromMs: number; readonly toMs: number }): number {
  const { fromMs, toMs } = window;
  if (toMs <= fromMs) throw new Error('the window has no length');
  return endsMs.filter((endMs) => endMs > fromMs && endMs <= toMs).length / ((toMs - fromMs) / 1_000);
}
