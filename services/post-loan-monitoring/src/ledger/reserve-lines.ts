import type { ReserveMovementKind } from '@millrace/contracts';
import { ACCOUNTS, credit, debit, type JournalLine } from './journal-lines.js';

/** The entry of a movement of the reserve: what is put in is an expense of its day; what a loss takes out relieves the expense that the loss was. */
export function reserveLines(kind: ReserveMovementKind, amountMinor: bigint): JournalLine[] {
  return kind === 'use'
    ? [debit(ACCOUNTS.operationalReserve, amountMinor), credit(ACCOUNTS.operationalLosses, amountMinor)]
    : [debit(ACCOUNTS.reserveCharge, amountMinor), credit(ACCOUNTS.operationalReserve, amountMinor)];
}
