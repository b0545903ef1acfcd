import { LoanReopened, LoanSettled, LoanStatusChanged } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from './loan-account.js';

/** Emits that nothing is owed any more, or nothing to the lender, or that the loan is owed again, in the one transaction in which that became true. */
export function emitStatus(tx: EventTransaction, before: LoanAccount, after: LoanAccount): void {
  if (before.status === after.status) return;
  const { applicationId, loanId, settledOn, returnedOn, transferredOn, outstandingPrincipalMinor, status, renewedByLoanId } = after;
  if (returnedOn !== null)
    return tx.emit(new LoanStatusChanged({ applicationId, loanId, on: returnedOn, status, statusBefore: before.status, reasonCode: 'PAYOUT_RETURNED' }));
  if (transferredOn !== null)
    return tx.emit(new LoanStatusChanged({ applicationId, loanId, on: transferredOn, status, statusBefore: before.status, reasonCode: 'CLAIM_TRANSFERRED' }));
  // A loan that was renewed, and is owed again, is settled by money the next time.
  const renewal = renewedByLoanId !== null && before.renewedByLoanId === null ? { renewedByLoanId } : {};
  if (settledOn !== null) return tx.emit(new LoanSettled({ applicationId, loanId, settledOn, ...renewal }));
  tx.emit(new LoanReopened({ applicationId, loanId, outstandingPrincipalMinor: String(outstandingPrincipalMinor) }));
  const on = after.valuedOn;
  if (status !== 'ACTIVE') tx.emit(new LoanStatusChanged({ applicationId, loanId, on, status, statusBefore: before.status, reasonCode: 'MONEY_TAKEN_BACK' }));
}
