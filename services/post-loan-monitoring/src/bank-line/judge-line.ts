import type { MoneyReceived } from '@millrace/contracts';
import type { RepaymentParameters } from '@millrace/policy';
import type { LoanAccount } from '../loan/loan-account.js';
import type { Announcement } from '../repayment/announcement.js';
import { exceedsWhatCanBeOwed, transferRefusal } from '../repayment/repayment-policy.js';

/** A repayment that has the line's bank reference already. */
export interface KnownRepayment {
  readonly repaymentId: string;
  readonly loanId: string;
  readonly amountMinor: string;
  /** Another line of the statement is this repayment already: one transfer is one line. */
  readonly isShown: boolean;
}

/** What is to be done with a line, and why it is kept in suspense; the reason is a code. */
export type Verdict =
  { readonly outcome: 'BOOKED' } | { readonly outcome: 'CONFIRMED'; readonly repaymentId: string } | { readonly outcome: 'SUSPENSE'; readonly reason: string };

/** What was known of a line's bank reference before the line came. */
export interface KnownReference {
  readonly repayment: KnownRepayment | undefined;
  readonly announced: Announcement | undefined;
}

/**
 * Holds a line of the statement against what is known; the first thing that applies. A loan of another lender is as none. Whose money it is says the payer, and
 * only where the payer names no loan an announcement, which then must know the amount; amount and day are the bank's.
 * @param account the loan that the line names, or else its announcement
 */
export function judgeLine(
  line: Pick<MoneyReceived, 'tenantId' | 'loanId' | 'amountMinor' | 'currency' | 'valueOn' | 'bankReference' | 'returnOf'>,
  account: LoanAccount | undefined,
  { repayment: known, announced }: KnownReference,
  today: string,
  rules: (Pick<RepaymentParameters, 'holdAboveOwedMultiple'> & { readonly chargesOf: () => bigint }) | undefined,
): Verdict {
  const suspense = (reason: string): Verdict => ({ outcome: 'SUSPENSE', reason });
  // The bank says that it is a transfer of ours coming back, and it is no payout as it was paid; the text of it is not the payer's.
  if (line.returnOf !== undefined) return suspense('RETURN_UNMATCHED');
  if (known) {
    // A version before has booked it on somebody's word; its day may differ by when it was told.
    const same = known.loanId === (line.loanId ?? known.loanId) && known.amountMinor === line.amountMinor && !known.isShown;
    return same ? { outcome: 'CONFIRMED', repaymentId: known.repaymentId } : suspense('REFERENCE_TAKEN');
  }
  if (line.loanId === undefined && !announced) return suspense('NO_LOAN_NAMED');
  if (line.loanId === undefined && announced?.amountMinor !== line.amountMinor) return suspense('ANNOUNCED_OTHERWISE');
  if (!account || !rules || account.tenantId !== line.tenantId) return suspense('LOAN_UNKNOWN');
  const { amountMinor, currency, valueOn: receivedOn, bankReference } = line;
  const refusal = transferRefusal({ amountMinor, currency, receivedOn, bankReference }, account, today);
  if (refusal) return suspense(refusal.code);
  return exceedsWhatCanBeOwed(BigInt(amountMinor), account, rules.chargesOf, rules) ? suspense('MORE_THAN_OWED') : { outcome: 'BOOKED' };
}
