import { LoanSettled } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from './loan-account.js';

/** Emits that nothing is owed any more, in the one transaction in which that became true. */
export function emitIfSettled(tx: EventTransaction, before: LoanAccount, after: LoanAccount): void {
  if (before.settledOn !== null || after.settledOn === null) return;
  const { applicationId, loanId, settledOn } = after;
  tx.emit(new LoanSettled({ applicationId, loanId, settledOn }));
}
