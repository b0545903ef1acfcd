import { LOAN_BUCKETS, type LoanBucket } from '@millrace/contracts';
import type { RollRateRowAnswer } from '@millrace/contracts/api';
import { Exact, type IsoDate } from '@millrace/finance';

/** Balance of each bucket at the end of a day; a bucket without loans may be missing. */
export interface BucketBalances {
  readonly day: IsoDate;
  readonly balancesMinor: Readonly<Partial<Record<LoanBucket, bigint>>>;
}

const LAST_BUCKET = LOAN_BUCKETS.at(-1);
const ONE_BPS = 10_000;
/** A flow to loss is a fraction of a basis point in a good book. */
const DECIMALS_OF_BPS = 2;

const bpsOf = (share: InstanceType<typeof Exact>): number => share.times(ONE_BPS).toDecimalPlaces(DECIMALS_OF_BPS).toNumber();

function rowsOfMonth(before: BucketBalances, after: BucketBalances): RollRateRowAnswer[] {
  let flow: InstanceType<typeof Exact> | null = new Exact(1);
  return LOAN_BUCKETS.slice(1).map((to, index) => {
    const from = LOAN_BUCKETS[index]!;
    // The last bucket has no end: what was in it can be in it still.
    const fromMinor = (before.balancesMinor[from] ?? 0n) + (to === LAST_BUCKET ? (before.balancesMinor[to] ?? 0n) : 0n);
    const toMinor = after.balancesMinor[to] ?? 0n;
    const roll = fromMinor === 0n ? null : new Exact(toMinor.toString()).div(fromMinor.toString());
    flow = roll === null || flow === null ? null : flow.times(roll);
    return {
      dayBefore: before.day,
      day: after.day,
      from,
      to,
      fromMinor: String(fromMinor),
      toMinor: String(toMinor),
      rollBps: roll && bpsOf(roll),
      netFlowBps: flow && bpsOf(flow),
    };
  });
}

/**
 * From month to month, what of a bucket's balance is in the next one: balance of Mk+1 now ÷ balance of Mk a month before. The product of the rates is the net flow,
 * the share of what is not late that gets as far.
 * @param months the newest reported day of each month, rising
 */
export function rollRateRows(months: readonly BucketBalances[]): RollRateRowAnswer[] {
  return months.slice(1).flatMap((after, index) => rowsOfMonth(months[index]!, after));
}
