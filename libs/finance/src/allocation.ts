import { daysBetween, type IsoDate } from './calendar-date.js';
import { InvalidTermsError } from './invalid-terms.js';

/** What a repayment can pay. `current` amounts are those that fall due on the value date or later. */
export type AllocationBucket = 'fees' | 'penalty' | 'overdueInterest' | 'overduePrincipal' | 'currentInterest' | 'currentPrincipal';

/** The order in which money is spent on what is due (M-RS-05, R-CR-07). */
export const STANDARD_ORDER: readonly AllocationBucket[] = ['fees', 'penalty', 'overdueInterest', 'overduePrincipal', 'currentInterest', 'currentPrincipal'];

/** Over 90 days past due principal goes first, then the standard order without it; when to use it is a policy parameter. */
export const PRINCIPAL_FIRST_ORDER: readonly AllocationBucket[] = [
  'overduePrincipal',
  'fees',
  'penalty',
  'overdueInterest',
  'currentPrincipal',
  'currentInterest',
];

/** What is still unpaid of one due row, in minor units, none negative. Compound interest counts as penalty. */
export interface OpenDue {
  readonly number: number;
  readonly due: IsoDate;
  readonly feesMinor: bigint;
  readonly penaltyMinor: bigint;
  readonly interestMinor: bigint;
  readonly principalMinor: bigint;
}

export interface AllocationLine {
  readonly number: number;
  readonly bucket: AllocationBucket;
  /** More than zero. */
  readonly amountMinor: bigint;
}

export interface Allocation {
  readonly lines: readonly AllocationLine[];
  /** What no due asked for; kept for the customer, never lost. */
  readonly unallocatedMinor: bigint;
}

/**
 * Spreads a repayment over open dues: bucket by bucket in `order`, the oldest due first within a bucket.
 * A due is overdue from the day after its due date, so one due on `valueOn` is current. Pure: the caller posts the lines.
 */
export function allocateRepayment(
  amountMinor: bigint,
  dues: readonly OpenDue[],
  valueOn: IsoDate,
  order: readonly AllocationBucket[] = STANDARD_ORDER,
): Allocation {
  if (amountMinor <= 0n) throw new InvalidTermsError('a repayment must be more than zero');
  const oldestFirst = dues.toSorted((a, b) => daysBetween(b.due, a.due) || a.number - b.number);
  const lines: AllocationLine[] = [];
  let leftMinor = amountMinor;
  for (const bucket of order) {
    for (const due of oldestFirst) {
      const openMinor = openIn(bucket, due, valueOn);
      if (openMinor < 0n) throw new InvalidTermsError(`due ${due.number} has a negative open amount`);
      const paidMinor = openMinor < leftMinor ? openMinor : leftMinor;
      if (paidMinor === 0n) continue;
      lines.push({ number: due.number, bucket, amountMinor: paidMinor });
      leftMinor -= paidMinor;
    }
  }
  return { lines, unallocatedMinor: leftMinor };
}

function openIn(bucket: AllocationBucket, due: OpenDue, valueOn: IsoDate): bigint {
  const overdue = due.due < valueOn;
  switch (bucket) {
    case 'fees':
      return due.feesMinor;
    case 'penalty':
      return due.penaltyMinor;
    case 'overdueInterest':
      return overdue ? due.interestMinor : 0n;
    case 'overduePrincipal':
      return overdue ? due.principalMinor : 0n;
    case 'currentInterest':
      return overdue ? 0n : due.interestMinor;
    case 'currentPrincipal':
      return overdue ? 0n : due.principalMinor;
  }
}
