import { interestIn, principalIn, sumOf, type Posting } from './posting.js';

/** Accounts of the chart in the migration, by what they hold. */
export const ACCOUNTS = {
  cash: '1002',
  interestReceivable: '1132',
  pricesOfClaims: '1221',
  loanPrincipal: '1303',
  lossAllowance: '1304',
  heldForBorrowers: '2241',
  operationalReserve: '2801',
  renewals: '3001',
  interestIncome: '6011',
  penaltyIncome: '6012',
  compoundIncome: '6013',
  feeIncome: '6051',
  gainsOnClaims: '6111',
  impairmentLosses: '6702',
  reserveCharge: '6703',
  operationalLosses: '6711',
  memoInterest: '9001',
  memoWrittenOff: '9002',
  memoCounter: '9999',
} as const;

/** One side of an entry in fen; exactly one of the two is more than zero. */
export interface JournalLine {
  readonly account: string;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
}

/** A line on the debit side, or on the other where the amount is less than zero. */
export const debit = (account: string, amountMinor: bigint): JournalLine => ({
  account,
  debitMinor: amountMinor > 0n ? amountMinor : 0n,
  creditMinor: amountMinor < 0n ? -amountMinor : 0n,
});
export const credit = (account: string, amountMinor: bigint): JournalLine => debit(account, -amountMinor);
export const isMoved = ({ debitMinor, creditMinor }: JournalLine): boolean => debitMinor > 0n || creditMinor > 0n;

/** Where the money of a loan goes: out to the borrower, or to the loan that it renews. */
export type Lent = 'paid_out' | 'renewal';

/** Cash has become a claim on the borrower; what a renewal lends is owed to the loan that it renews until that one is settled, in the same transaction. */
export function bookingLines(principalMinor: bigint, lent: Lent = 'paid_out'): JournalLine[] {
  return [debit(ACCOUNTS.loanPrincipal, principalMinor), credit(lent === 'renewal' ? ACCOUNTS.renewals : ACCOUNTS.cash, principalMinor)];
}

/** Account that a posting takes its money from. */
export function sourceOf({ kind, isRenewal }: Posting): string {
  if (isRenewal) return ACCOUNTS.renewals;
  return kind === 'REPAYMENT' ? ACCOUNTS.cash : ACCOUNTS.heldForBorrowers;
}

/** The payout has come back, and the claim on the borrower is cash again. */
export function returnLines(principalMinor: bigint): JournalLine[] {
  return [debit(ACCOUNTS.cash, principalMinor), credit(ACCOUNTS.loanPrincipal, principalMinor)];
}

/**
 * A posting of books that do not accrue yet, by which interest is income when it is paid. New money comes in as cash, held money out of what we owe the borrower; either pays principal, interest and charges, and what is left of new money is held.
 */
export function postingLines(posting: Posting): JournalLine[] {
  const { amountMinor, lines, unallocatedMinor } = posting;
  return [
    debit(sourceOf(posting), amountMinor),
    credit(ACCOUNTS.loanPrincipal, principalIn(lines)),
    credit(ACCOUNTS.interestIncome, interestIn(lines)),
    credit(ACCOUNTS.feeIncome, sumOf(lines, ['fees', 'penalty'])),
    credit(ACCOUNTS.heldForBorrowers, unallocatedMinor),
  ].filter(isMoved);
}
