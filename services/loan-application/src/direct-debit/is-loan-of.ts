import type { EventTransaction } from '@millrace/messaging';

/** Whether the hub has ordered this loan for the application; a spoke that says otherwise is not believed. */
export async function isLoanOf(tx: EventTransaction, applicationId: string, loanId: string): Promise<boolean> {
  const { rowCount } = await tx.query('select 1 from drawdown where application_id = $1 and loan_id = $2', [applicationId, loanId]);
  return rowCount === 1;
}
