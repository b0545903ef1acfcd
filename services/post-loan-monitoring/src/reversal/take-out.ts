import type { EventTransaction } from '@millrace/messaging';
import { freeCompensation } from '../guarantee-life/compensate.js';

/** Its bank reference is free again. */
const FREE = 'update repayment set reversed_at = $3 where loan_id = $1 and repayment_id = $2';

const INSERT = 'insert into repayment_reversal (loan_id, repayment_id, reason, reversed_at, reversed_by) values ($1, $2, $3, $4, $5)';

/** A repayment that counts no more. */
interface TakenOut {
  readonly loanId: string;
  readonly repaymentId: string;
  /** Code of why. */
  readonly reason: string;
  /** Who has asked for it. */
  readonly by: string;
}

/** Writes down that a repayment counts no more; the loan, whose row is locked, is played without it by the caller. */
export async function takeOut(tx: EventTransaction, { loanId, repaymentId, reason, by }: TakenOut, now: Date): Promise<void> {
  await tx.query(FREE, [loanId, repaymentId, now]);
  await freeCompensation(tx, loanId, repaymentId, now);
  await tx.query(INSERT, [loanId, repaymentId, reason, now, by]);
}
