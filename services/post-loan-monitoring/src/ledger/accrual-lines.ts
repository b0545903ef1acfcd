import { ACCOUNTS, credit, debit, isMoved, postingLines, type JournalLine } from './journal-lines.js';
import { interestIn, sumOf, type Posting } from './posting.js';

/** What the books have of a loan's interest by its accrual, or how that changes; in fen, less than zero where something is taken back. */
export interface Accrued {
  /** Income, and a claim on the borrower. */
  readonly interestMinor: bigint;
  readonly penaltyMinor: bigint;
  readonly compoundMinor: bigint;
  /** Kept beside the books, as the loan is long overdue or non-performing: owed, and no income before it is paid. */
  readonly memoMinor: bigint;
}

export const NOTHING_ACCRUED: Accrued = { interestMinor: 0n, penaltyMinor: 0n, compoundMinor: 0n, memoMinor: 0n };

export const plus = (a: Accrued, b: Accrued): Accrued => ({
  interestMinor: a.interestMinor + b.interestMinor,
  penaltyMinor: a.penaltyMinor + b.penaltyMinor,
  compoundMinor: a.compoundMinor + b.compoundMinor,
  memoMinor: a.memoMinor + b.memoMinor,
});

export const less = (a: Accrued, b: Accrued): Accrued => ({
  interestMinor: a.interestMinor - b.interestMinor,
  penaltyMinor: a.penaltyMinor - b.penaltyMinor,
  compoundMinor: a.compoundMinor - b.compoundMinor,
  memoMinor: a.memoMinor - b.memoMinor,
});

/** What is earned becomes income and a claim on the borrower on the day that it is earned, whether it is paid or not; what is kept beside the books is neither. */
export function accrualLines({ interestMinor, penaltyMinor, compoundMinor, memoMinor }: Accrued): JournalLine[] {
  return [
    debit(ACCOUNTS.interestReceivable, interestMinor + penaltyMinor + compoundMinor),
    credit(ACCOUNTS.interestIncome, interestMinor),
    credit(ACCOUNTS.penaltyIncome, penaltyMinor),
    credit(ACCOUNTS.compoundIncome, compoundMinor),
    debit(ACCOUNTS.memoInterest, memoMinor),
    credit(ACCOUNTS.memoCounter, memoMinor),
  ].filter(isMoved);
}

/** A posting of books that accrue: money pays the claim that {@link accrualLines} have made, and only a fee is income when it is paid. */
export function receiptLines(posting: Posting): JournalLine[] {
  const { lines } = posting;
  const paidMinor = interestIn(lines) + sumOf(lines, ['penalty']);
  const others = postingLines({ ...posting, lines: lines.filter(({ bucket }) => bucket === 'fees' || bucket.endsWith('Principal')) });
  return paidMinor === 0n ? others : [...others, credit(ACCOUNTS.interestReceivable, paidMinor)];
}
