import { ACCOUNTS, credit, debit, sourceOf, type JournalLine } from './journal-lines.js';
import { interestIn, principalIn, sumOf, type Posting } from './posting.js';

/** The claim leaves the books against what was set aside for it, and is kept in memo accounts (账销案存). */
export function writeOffLines(principalMinor: bigint): JournalLine[] {
  return [
    debit(ACCOUNTS.lossAllowance, principalMinor),
    credit(ACCOUNTS.loanPrincipal, principalMinor),
    debit(ACCOUNTS.memoWrittenOff, principalMinor),
    credit(ACCOUNTS.memoCounter, principalMinor),
  ];
}

/** Money for a claim that was written off: principal goes back to what is set aside, and the memo is less by it; interest and charges for lateness are income as they are paid. */
export function recoveryLines(posting: Posting): JournalLine[] {
  const { amountMinor, lines, unallocatedMinor } = posting;
  const principalMinor = principalIn(lines);
  return [
    debit(sourceOf(posting), amountMinor),
    credit(ACCOUNTS.lossAllowance, principalMinor),
    credit(ACCOUNTS.interestIncome, interestIn(lines)),
    credit(ACCOUNTS.penaltyIncome, sumOf(lines, ['penalty'])),
    credit(ACCOUNTS.feeIncome, sumOf(lines, ['fees'])),
    credit(ACCOUNTS.heldForBorrowers, unallocatedMinor),
    debit(ACCOUNTS.memoCounter, principalMinor),
    credit(ACCOUNTS.memoWrittenOff, principalMinor),
  ].filter(({ debitMinor, creditMinor }) => debitMinor > 0n || creditMinor > 0n);
}
