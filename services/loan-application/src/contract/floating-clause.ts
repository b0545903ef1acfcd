import { businessDate, type FloatingRateClause } from '@millrace/contracts';
import { primeRateOn } from '@millrace/policy';
import { costOf } from '../offer/make-offer.js';
import type { FloatingRateTerms, ProductTerms } from '../product/product.entity.js';
import type { AcceptedTerms } from './draft-contract.js';

/** Highest rate that a contract can name. */
const MOST_BPS = 10_000;

/**
 * How the rate of a contract floats: its spread is what the rate of the offer, which is priced by the borrower's risk, is above the loan prime rate of the
 * day (G-PR-05), and its ceiling is where the all-in cost of the same offer reaches the cap that the offer was held against (G-PR-03, M-LN-09).
 */
export function floatingClause(
  product: ProductTerms,
  { tenor, repricesOn }: FloatingRateTerms,
  { amountMinor, rateBps, tenorMonths, repaymentMethod, costSheet: { cap } }: AcceptedTerms,
  now: Date,
): FloatingRateClause {
  const isWithin = (bps: number): boolean => {
    const terms = { amountMinor: BigInt(amountMinor), rateBps: bps, tenorMonths, repaymentMethod, product, lenderName: '-' };
    return costOf(terms, cap.method, now).testedBps <= cap.bps;
  };
  // The cost grows with the rate: the highest rate that is within the cap lies between that of the offer and the cap itself.
  let [ceilingBps, above] = [rateBps, Math.min(Math.max(cap.bps, rateBps), MOST_BPS) + 1];
  while (above - ceilingBps > 1) {
    const middle = Math.floor((ceilingBps + above) / 2);
    if (isWithin(middle)) ceilingBps = middle;
    else above = middle;
  }
  return { tenor, spreadBps: rateBps - primeRateOn(tenor, businessDate(now)).rateBps, repricesOn, ceilingBps };
}
