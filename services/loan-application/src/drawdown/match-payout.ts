import type { Drawdown } from './drawdown.entity.js';

/** What disbursement says that it did. */
export interface ToldPayout {
  readonly loanId: string;
  readonly payoutId: string;
  /** Absent where no money is said to have left. */
  readonly paid?: { readonly amountMinor: string; readonly currency: string };
}

type Order = Pick<Drawdown, 'loanId' | 'orderedPayoutId' | 'failedPayoutId' | 'currency' | 'amountMinor'>;

/** How a payout differs from what the hub ordered, in words; empty where it is the one. Money is never taken for what was not ordered (R-DB-02). */
export function payoutDifferences({ loanId, payoutId, paid }: ToldPayout, order: Order): string[] {
  const differences = [
    [loanId !== order.loanId, `loan ${loanId} in place of ${order.loanId}`],
    // An order from before the hub gave ids has none to compare.
    [order.orderedPayoutId !== null && payoutId !== order.orderedPayoutId, `payout ${payoutId} in place of ${order.orderedPayoutId}`],
    [payoutId === order.failedPayoutId, `payout ${payoutId} was refused for good`],
    [paid !== undefined && paid.amountMinor !== order.amountMinor, `${paid?.amountMinor} fen in place of ${order.amountMinor}`],
    [paid !== undefined && paid.currency !== order.currency, `${paid?.currency} in place of ${order.currency}`],
  ] as const;
  return differences.filter(([differs]) => differs).map(([, words]) => words);
}
