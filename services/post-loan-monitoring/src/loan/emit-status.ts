import { LoanReopened, LoanSettled } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from './loan-account.js';

/** Emits that nothing is owed any more, or that the loan is owed again, in the one transaction in which that became true. */
export function emitStatus(tx: EventTransaction, before: LoanAccount, after: LoanAccount): void {
  if (before.status === after.status) return;
  const { applicationId, loanId, settledOn, outstandingPrincipalMinor } = after;
  if (settledOn !== null) tx.emit(new LoanSettled({ applicationId, loanId, settledOn }));
  else tx.emit(new LoanReopened({ applicationId, loanId, outstandingPrincipalMinor: String(outstandingPrincipalMinor) }));
}
