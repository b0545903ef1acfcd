import { ACCOUNTS, credit, debit, isMoved, type JournalLine } from './journal-lines.js';

/** A claim that is sold, as it stands in the books on its day; all in fen. */
export interface SoldClaim {
  readonly priceMinor: bigint;
  /** Principal that is owed. */
  readonly principalMinor: bigint;
  /** Interest and charges for lateness that are owed and were income as they were earned. */
  readonly receivableMinor: bigint;
  /** Interest and charges for lateness that are owed and kept beside the books. */
  readonly memoMinor: bigint;
  /** What is set aside for the loan; nothing where it was written off, as that has used it up. */
  readonly allowanceMinor: bigint;
  /** Its principal is kept beside the books. */
  readonly isWrittenOff: boolean;
}

const lesser = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/**
 * What of the price goes back to what is set aside: of a claim that was written off the price is a recovery up to its principal, as money of its borrower would be.
 */
const recoveredMinor = ({ priceMinor, principalMinor, isWrittenOff }: SoldClaim): bigint => (isWrittenOff ? lesser(priceMinor, principalMinor) : 0n);

/** What the sale brings more than the claim is in the books for, less what is set aside for it; less than zero where it loses. */
export function gainOf(claim: SoldClaim): bigint {
  const { priceMinor, principalMinor, receivableMinor, allowanceMinor, isWrittenOff } = claim;
  return isWrittenOff ? priceMinor - recoveredMinor(claim) : priceMinor + allowanceMinor - principalMinor - receivableMinor;
}

/** The claim leaves the books, and what is kept of it beside them, against the price that its buyer owes and what was set aside for it. */
export function claimTransferLines(claim: SoldClaim): JournalLine[] {
  const { priceMinor, principalMinor, receivableMinor, memoMinor, allowanceMinor, isWrittenOff } = claim;
  const inBooksMinor = isWrittenOff ? 0n : principalMinor;
  const besideMinor = isWrittenOff ? principalMinor : 0n;
  return [
    debit(ACCOUNTS.pricesOfClaims, priceMinor),
    debit(ACCOUNTS.lossAllowance, allowanceMinor),
    credit(ACCOUNTS.loanPrincipal, inBooksMinor),
    credit(ACCOUNTS.interestReceivable, receivableMinor),
    credit(ACCOUNTS.lossAllowance, recoveredMinor(claim)),
    credit(ACCOUNTS.gainsOnClaims, gainOf(claim)),
    debit(ACCOUNTS.memoCounter, memoMinor + besideMinor),
    credit(ACCOUNTS.memoInterest, memoMinor),
    credit(ACCOUNTS.memoWrittenOff, besideMinor),
  ].filter(isMoved);
}
