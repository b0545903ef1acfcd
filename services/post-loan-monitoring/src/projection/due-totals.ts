import type { AllocationLine, OpenDue } from '@millrace/finance';
import { interestIn, principalIn, sumOf } from '../ledger/posting.js';

/** Sums of some dues, in fen. */
export interface DueTotals {
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  /** Penalty and compound interest. */
  readonly penaltyMinor: bigint;
  readonly feesMinor: bigint;
  readonly totalMinor: bigint;
}

export function totalOf(dues: readonly OpenDue[]): DueTotals {
  const sum = (part: (one: OpenDue) => bigint): bigint => dues.reduce((total, one) => total + part(one), 0n);
  return {
    principalMinor: sum((one) => one.principalMinor),
    interestMinor: sum((one) => one.interestMinor),
    penaltyMinor: sum((one) => one.penaltyMinor),
    feesMinor: sum((one) => one.feesMinor),
    totalMinor: sum((one) => one.feesMinor + one.penaltyMinor + one.interestMinor + one.principalMinor),
  };
}

/** Dues less what some lines have paid of them. */
export function lessPaid(dues: readonly OpenDue[], lines: readonly AllocationLine[]): OpenDue[] {
  return dues.map((due) => ({
    ...due,
    feesMinor: due.feesMinor - sumOf(lines, ['fees'], due.number),
    penaltyMinor: due.penaltyMinor - sumOf(lines, ['penalty'], due.number),
    interestMinor: due.interestMinor - interestIn(lines, due.number),
    principalMinor: due.principalMinor - principalIn(lines, due.number),
  }));
}
