import { Exact, roundToMinor } from '@millrace/finance';
import type { ReserveParameters } from '@millrace/policy';

/** What a month's accrual is reckoned with, all of one currency and at the end of the month, in fen. */
export interface ReserveFacts {
  /** Principal that is owed to the lender. */
  readonly outstandingMinor: bigint;
  /** Interest, charges for lateness and fees that were income in the year so far. */
  readonly incomeOfYearMinor: bigint;
  /** What the plan has put into the reserve in the year before this month. */
  readonly accruedOfYearMinor: bigint;
  /** What is in reserve. */
  readonly balanceMinor: bigint;
}

/** What the plan puts into the reserve at the end of a month, with the amount that its rate was taken of. */
export interface ReserveAccrual {
  readonly baseMinor: bigint;
  readonly amountMinor: bigint;
}

const BPS_OF_A_MONTH = 120_000;
const WHOLE_BPS = 10_000;
const shareOf = (minor: bigint, bps: number, whole: number): bigint => roundToMinor(new Exact(minor.toString()).mul(bps).div(whole));

/**
 * What the plan puts into the reserve at the end of a month (M-OR-01): a twelfth of the yearly rate of the principal that is owed, or so much of the year's
 * income as the year has not put in yet; and never more than the target lacks.
 */
export function accrualOf(facts: ReserveFacts, { base, rateBps, targetBps }: ReserveParameters): ReserveAccrual {
  const { outstandingMinor, incomeOfYearMinor, accruedOfYearMinor, balanceMinor } = facts;
  const isOfIncome = base === 'income_of_year';
  const baseMinor = isOfIncome ? incomeOfYearMinor : outstandingMinor;
  const dueMinor = isOfIncome ? shareOf(baseMinor, rateBps, WHOLE_BPS) - accruedOfYearMinor : shareOf(baseMinor, rateBps, BPS_OF_A_MONTH);
  const lackingMinor = shareOf(outstandingMinor, targetBps, WHOLE_BPS) - balanceMinor;
  const amountMinor = dueMinor < lackingMinor ? dueMinor : lackingMinor;
  return { baseMinor, amountMinor: amountMinor > 0n ? amountMinor : 0n };
}
