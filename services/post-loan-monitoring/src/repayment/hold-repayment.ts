import type { HeldRepaymentAnswer } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { Problem } from '@millrace/service';
import { openTask } from '@millrace/tasks';
import type { LoanAccount } from '../loan/loan-account.js';
import type { RepaymentReport } from './book-repayment.js';
import { REPAYMENT_AMOUNT } from './repayment-amount.task.js';

/** A transfer that waits for two persons; nothing of it is booked. Money is fen as a decimal string. */
export type HeldRepaymentView = HeldRepaymentAnswer;

const INSERT = `
insert into held_repayment (loan_id, repayment_id, held_id, tenant_id, amount_minor, currency, bank_reference, received_on, content_sha256, recorded_at, recorded_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

/** Keeps a transfer apart and asks two persons about it, in the transaction that recorded it. */
export async function holdRepayment(tx: EventTransaction, recordedBy: string, loan: LoanAccount, report: RepaymentReport, now: Date): Promise<void> {
  const { loanId, applicationId, tenantId, currency, outstandingPrincipalMinor, heldMinor } = loan;
  const { repaymentId, amountMinor, receivedOn, bankReference, contentSha256 } = report;
  const facts = {
    amountMinor,
    receivedOn,
    bankReference,
    applicationId,
    outstandingPrincipalMinor: String(outstandingPrincipalMinor),
    heldMinor: String(heldMinor),
    loanStatus: loan.status,
  };
  const taskId = await openTask(tx, REPAYMENT_AMOUNT, { subjectId: loanId, subject: { loanId, repaymentId }, tenantId, facts }, now);
  await tx.query(INSERT, [loanId, repaymentId, taskId, tenantId, amountMinor, currency, bankReference, receivedOn, contentSha256, now, recordedBy]);
}

const READ = `
select state, repayment_id as "repaymentId", loan_id as "loanId", amount_minor as "amountMinor", currency, received_on::text as "receivedOn",
  bank_reference as "bankReference", to_char(recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
from held_repayment where loan_id = $1 and repayment_id = $2`;

/**
 * A transfer that was held, as it stands.
 * @throws Problem `REPAYMENT_REFUSED` where two persons have refused it
 */
export async function readHeldRepayment(tx: EventTransaction, loanId: string, repaymentId: string): Promise<HeldRepaymentView> {
  const { rows } = await tx.query<Omit<HeldRepaymentView, 'state' | 'reason'> & { state: string }>(READ, [loanId, repaymentId]);
  const { state, ...row } = rows[0]!;
  if (state === 'refused')
    throw new Problem({
      status: 409,
      code: 'REPAYMENT_REFUSED',
      title: 'The lender has looked at this transfer and refused it.',
      detail: 'Compare it with the bank’s record. Told rightly, it is a new repayment with an id of its own; its bank reference may be used again.',
    });
  return { state: 'held', reason: 'MORE_THAN_OWED', ...row };
}
