import type { DrawdownFile } from '../drawdown/drawdown-change.js';

/** What post-loan-monitoring says of a settlement. */
export interface ToldRenewal {
  readonly loanId: string;
  /** Id of the settlement, which stands where a payment has its payout. */
  readonly payoutId: string;
  readonly renewsLoanId: string | null;
  readonly amountMinor: string;
}

/** How a settlement differs from what the hub ordered, in words; empty where it is the one (R-DB-02). */
export function renewalDifferences(told: ToldRenewal, order: Pick<DrawdownFile, 'loanId' | 'orderedPayoutId' | 'renewsLoanId' | 'amountMinor'>): string[] {
  const differences = [
    [order.renewsLoanId === null, `loan ${order.loanId} is paid out, and renews none`],
    [told.loanId !== order.loanId, `loan ${told.loanId} in place of ${order.loanId}`],
    [told.renewsLoanId !== order.renewsLoanId, `renewed loan ${told.renewsLoanId} in place of ${order.renewsLoanId}`],
    [told.payoutId !== order.orderedPayoutId, `settlement ${told.payoutId} in place of ${order.orderedPayoutId}`],
    [told.amountMinor !== order.amountMinor, `${told.amountMinor} fen in place of ${order.amountMinor}`],
  ] as const;
  return differences.filter(([differs]) => differs).map(([, words]) => words);
}
