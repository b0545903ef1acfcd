import type { LoanClass } from '@millrace/contracts';
import type { Accrued } from '../ledger/accrual-lines.js';

/** What some loans of one product, currency and class come to on a day. */
export interface DaySum extends Accrued {
  /** `unknown` of a loan that was booked before loans named theirs. */
  readonly productCode: string;
  readonly currency: string;
  readonly loanClass: LoanClass;
  /** Earned before the books accrued, by loans of before. */
  readonly isOpening: boolean;
  readonly loans: number;
  readonly principalMinor: bigint;
  /** Earned and not paid, as far as it is income. */
  readonly receivableMinor: bigint;
  readonly provisionMinor: bigint;
}

const keyOf = ({ productCode, currency, loanClass, isOpening }: DaySum): string => `${productCode} ${currency} ${loanClass} ${isOpening}`;

/** Sums of the same currency and class as one. */
export function addedUp(sums: readonly DaySum[]): DaySum[] {
  return [...Map.groupBy(sums, keyOf).values()].map((group) => ({
    ...group[0]!,
    loans: group.reduce((total, { loans }) => total + loans, 0),
    ...Object.fromEntries(
      (['interestMinor', 'penaltyMinor', 'compoundMinor', 'memoMinor', 'principalMinor', 'receivableMinor', 'provisionMinor'] as const).map((part) => [
        part,
        group.reduce((total, one) => total + one[part], 0n),
      ]),
    ),
  }));
}
