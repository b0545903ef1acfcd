import { ACCOUNTS, credit, debit, isMoved, type JournalLine } from './journal-lines.js';

/** More is set aside for losses, or less: the allowance changes against the expense of the day. */
export function provisionLines(changeMinor: bigint): JournalLine[] {
  return [debit(ACCOUNTS.impairmentLosses, changeMinor), credit(ACCOUNTS.lossAllowance, changeMinor)].filter(isMoved);
}
