import type { IsoDate } from '@millrace/finance';
import type { RepaymentParameters } from '@millrace/policy';
import { unpaidInterest, unpaidPrincipal, type LoanAccount } from '../loan/loan-account.js';

/** What a client says of a transfer. */
export interface ReportedTransfer {
  readonly amountMinor: string;
  readonly currency: string;
  readonly receivedOn: IsoDate;
  readonly bankReference: string;
}

/** Why a transfer is refused; a field's form is the DTO's business. */
export interface Refusal {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly field: keyof ReportedTransfer;
}

/** Largest amount that the wire form of money can say (18 digits). */
const MAX_MINOR = 10n ** 18n - 1n;

function amountRefusal(amount: string, heldMinor: bigint): Refusal | undefined {
  const refuse = (code: string, title: string, detail: string): Refusal => ({ code, title, detail, field: 'amountMinor' });
  if (amount.startsWith('-'))
    return refuse('AMOUNT_NEGATIVE', 'The amount is negative.', 'Send the positive amount that came in; money sent back is no repayment.');
  if (!/^(0|[1-9]\d*)$/.test(amount)) {
    return refuse('AMOUNT_NOT_WHOLE_FEN', 'The amount is not a whole number of fen.', 'Send a whole number without decimals or leading zeros.');
  }
  if (amount === '0') return refuse('AMOUNT_ZERO', 'The amount is zero.', 'Send the amount that came in.');
  if (heldMinor + BigInt(amount) > MAX_MINOR)
    return refuse('AMOUNT_OUT_OF_RANGE', 'The loan cannot hold this much money.', 'Check the amount: it is in fen, not in yuan.');
  return undefined;
}

/**
 * Holds a transfer against its loan; the first refusal that applies, or undefined. A loan that is settled still takes money, and holds it; one that is void, whose
 * claim was sold, or whose file is closed, takes none.
 */
export function transferRefusal(
  transfer: ReportedTransfer,
  loan: Pick<LoanAccount, 'currency' | 'disbursedOn' | 'heldMinor' | 'closedOn' | 'returnedOn' | 'transferredOn' | 'transferredTo'>,
  today: IsoDate,
): Refusal | undefined {
  if (loan.returnedOn !== null) {
    const detail = `The bank sent its payout back on ${loan.returnedOn}: nothing was ever owed of it.`;
    return { code: 'LOAN_RETURNED', title: 'The loan is void.', detail, field: 'amountMinor' };
  }
  if (loan.transferredOn !== null) {
    const detail = `It is that of ${loan.transferredTo} since ${loan.transferredOn}. Money for it is paid on to the buyer, or sent back.`;
    return { code: 'CLAIM_TRANSFERRED', title: 'The claim was sold.', detail, field: 'amountMinor' };
  }
  if (loan.closedOn !== null) {
    const detail = `It was closed on ${loan.closedOn}. Money for it is given back, or is another loan’s.`;
    return { code: 'LOAN_CLOSED', title: 'The file of the loan is closed.', detail, field: 'amountMinor' };
  }
  const amount = amountRefusal(transfer.amountMinor, loan.heldMinor);
  if (amount) return amount;
  if (transfer.currency !== loan.currency) {
    return { code: 'CURRENCY_MISMATCH', title: 'The loan is in another currency.', detail: `Send ${loan.currency}.`, field: 'currency' };
  }
  if (transfer.receivedOn > today) {
    const detail = `Today is ${today} in Shanghai, where the books are kept.`;
    return { code: 'RECEIVED_IN_FUTURE', title: 'The money has not been received yet.', detail, field: 'receivedOn' };
  }
  if (transfer.receivedOn < loan.disbursedOn) {
    const detail = `The loan was paid out on ${loan.disbursedOn}.`;
    return { code: 'RECEIVED_BEFORE_DISBURSEMENT', title: 'The money came before the loan was paid out.', detail, field: 'receivedOn' };
  }
  return undefined;
}

/**
 * True where a transfer, with what is held already, is more than the loan can owe: a multiple of what is still owed to its end, principal and all interest
 * of the schedule, with the charges for lateness that have
 * come up; of a settled loan, of all that it ever owed, as a payoff that comes twice is honest money of the borrower's.
 * @param chargesOf plays the loan, and so is asked only where it decides
 */
export function exceedsWhatCanBeOwed(
  amountMinor: bigint,
  loan: OwedLoan,
  chargesOf: () => bigint,
  { holdAboveOwedMultiple }: Pick<RepaymentParameters, 'holdAboveOwedMultiple'>,
): boolean {
  const { settledOn, principalMinor, totalInterestMinor, instalments, heldMinor } = loan;
  const exceeds = (owedMinor: bigint): boolean => heldMinor + amountMinor > BigInt(holdAboveOwedMultiple) * owedMinor;
  if (settledOn !== null) return exceeds(principalMinor + totalInterestMinor);
  const plannedMinor = instalments.reduce((total, row) => total + unpaidPrincipal(row) + unpaidInterest(row), 0n);
  return exceeds(plannedMinor) && exceeds(plannedMinor + chargesOf());
}

type OwedLoan = Pick<LoanAccount, 'settledOn' | 'principalMinor' | 'totalInterestMinor' | 'instalments' | 'heldMinor'>;

/** A transfer that is known already, and by what it was found. */
export interface KnownTransfer {
  readonly by: `${'announced' | 'held' | 'booked' | 'duplicate'}_id` | `${'announced' | 'held' | 'booked'}_reference`;
  readonly loanId: string;
  /** The repayment, or the announcement, that the transfer is. */
  readonly repaymentId: string;
  /** Hash of what was reported; of a repayment that no report came before, of what the bank shows. */
  readonly contentSha256: string;
  /** Null where another id names it. */
  readonly amountMinor: string | null;
}

/** What a report of a transfer is: new, the same report again, a known transfer under another id, or a contradiction that is refused. */
export type Recognition =
  | { readonly kind: 'new' }
  | { readonly kind: 'repeat' | 'duplicate'; readonly repaymentId: string }
  | { readonly kind: 'id_reused' }
  | { readonly kind: 'bank_reference_reused' };

/** What was first said under an id counts: the repayment of an announcement has the bank's amount and day. */
const BY_ID = ['announced_id', 'held_id', 'duplicate_id', 'booked_id'] as const;
const BY_REFERENCE = ['booked_reference', 'announced_reference', 'held_reference'] as const;

/** An id answers for its first content (M-EV-07); a bank reference names one transfer, to one loan, of one amount (S16). The day is the bank's, whatever is said. */
export function recognise(
  known: readonly KnownTransfer[],
  loanId: string,
  { contentSha256, amountMinor }: { readonly contentSha256: string; readonly amountMinor: string },
): Recognition {
  const first = (ways: readonly KnownTransfer['by'][]): KnownTransfer | undefined =>
    ways.map((way) => known.find(({ by }) => by === way)).find((found) => found !== undefined);
  const sameId = first(BY_ID);
  if (sameId) return sameId.contentSha256 === contentSha256 ? { kind: 'repeat', repaymentId: sameId.repaymentId } : { kind: 'id_reused' };
  const sameTransfer = first(BY_REFERENCE);
  if (!sameTransfer) return { kind: 'new' };
  const agrees = sameTransfer.loanId === loanId && sameTransfer.amountMinor === amountMinor;
  return agrees ? { kind: 'duplicate', repaymentId: sameTransfer.repaymentId } : { kind: 'bank_reference_reused' };
}
