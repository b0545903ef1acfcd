import type { LoanClass } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import { lenderTypesWithRelease, policyInForce } from '@millrace/policy';

/** Classes of which a loan that is not late can be, and whose provision is a share of what it owes. */
const PERFORMING: readonly LoanClass[] = ['NORMAL', 'SPECIAL_MENTION'];

/**
 * Shares of the loans whose provision a statement can reckon, as columns for `unnest`: by licence and class, what the schedule asks for and whether of
 * principal alone, and chance of default times loss in hundred-millionths. What the method leaves out asks for nothing.
 */
export function scheduleShares(on: IsoDate): unknown[] {
  const shares = lenderTypesWithRelease().flatMap((lenderType) => {
    const { method, base, scheduleBps, pdBps, lgdBps } = policyInForce(lenderType, on).provision;
    return PERFORMING.map((loanClass) => ({
      lenderType,
      loanClass,
      ofScheduleBps: method === 'ecl' ? 0 : scheduleBps[loanClass],
      ofInterest: base === 'principal_and_interest',
      ofLoss: method === 'schedule' ? 0 : pdBps * lgdBps,
    }));
  });
  return [
    shares.map(({ lenderType }) => lenderType),
    shares.map(({ loanClass }) => loanClass),
    shares.map(({ ofScheduleBps }) => ofScheduleBps),
    shares.map(({ ofInterest }) => ofInterest),
    shares.map(({ ofLoss }) => ofLoss),
  ];
}
