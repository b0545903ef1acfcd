import { ACCOUNTS, postingLines, type JournalLine } from './journal-lines.js';
import { interestIn, sumOf, type Posting } from './posting.js';

/** Interest and charges that were earned and are not paid (应收利息). */
export const INTEREST_RECEIVABLE = '1132';

/** Interest and charges for lateness that were earned in a while; less than zero where some of it is taken back. */
export interface Earned {
  readonly interestMinor: bigint;
  /** Penalty and compound interest. */
  readonly chargesMinor: bigint;
}

const line = (account: string, netMinor: bigint): JournalLine => ({
  account,
  debitMinor: netMinor > 0n ? netMinor : 0n,
  creditMinor: netMinor < 0n ? -netMinor : 0n,
});

/** What is earned becomes income and a claim on the borrower on the day that it is earned, whether it is paid or not. */
export function accrualLines({ interestMinor, chargesMinor }: Earned): JournalLine[] {
  return [
    line(INTEREST_RECEIVABLE, interestMinor + chargesMinor),
    line(ACCOUNTS.interestIncome, -interestMinor),
    line(ACCOUNTS.feeIncome, -chargesMinor),
  ].filter(({ debitMinor, creditMinor }) => debitMinor > 0n || creditMinor > 0n);
}

/** A posting of books that accrue: money pays the claim that {@link accrualLines} have made, and only a fee is income when it is paid. */
export function receiptLines(posting: Posting): JournalLine[] {
  const { lines } = posting;
  const paidMinor = interestIn(lines) + sumOf(lines, ['penalty']);
  const others = postingLines({ ...posting, lines: lines.filter(({ bucket }) => bucket === 'fees' || bucket.endsWith('Principal')) });
  return paidMinor === 0n ? others : [...others, line(INTEREST_RECEIVABLE, -paidMinor)];
}
