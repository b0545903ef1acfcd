import { businessDate } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { askWhose } from './ask-whose.js';
import type { BankLine } from './book-line.js';
import { enterSuspenseAgain } from './post-suspense.js';

const LINE = `
select b.line_id as "lineId", b.tenant_id as "tenantId", b.bank_reference as "bankReference", b.amount_minor::text as "amountMinor", b.currency,
  b.value_on::text as "valueOn", b.payer_is_borrower as "payerIsBorrower", s.ended_at as "assignedAt"
from repayment r join bank_line b using (line_id) left join suspense s using (line_id) where r.loan_id = $1 and r.repayment_id = $2`;

interface BookedLine extends BankLine {
  readonly payerIsBorrower: boolean | null;
  /** Null where it was never in suspense. */
  readonly assignedAt: Date | null;
}

/** A repayment that was taken out of its loan. */
interface TakenOut {
  readonly loanId: string;
  readonly repaymentId: string;
  /** What has taken it out: the decision by the id of its task, or the line that has voided the loan with the repayment. Once a source. */
  readonly sourceId: string;
  /** Code of why nobody has the money, for the persons who are asked. */
  readonly why: 'BOOKED_WRONGLY' | 'TOLD_WRONGLY' | 'LOAN_RETURNED';
}

/**
 * Puts the money of a repayment that was taken out of its loan back in suspense, where the bank shows it: it is on the lender's account, and another loan's or
 * nobody's (R-DB-08). Of a repayment that was booked on somebody's word there is no money, and nothing happens.
 * Where nobody has said that the bank still has it (`TOLD_WRONGLY`), that is the first question, and no refund goes out unasked.
 */
export async function returnToSuspense(tx: EventTransaction, { loanId, repaymentId, sourceId, why }: TakenOut, now: Date): Promise<void> {
  const { rows } = await tx.query<BookedLine & Record<string, unknown>>(LINE, [loanId, repaymentId]);
  const [line] = rows;
  if (!line) return;
  const { amountMinor, valueOn, bankReference, payerIsBorrower, assignedAt } = line;
  await enterSuspenseAgain(tx, line, sourceId, assignedAt === null ? valueOn : businessDate(assignedAt), now);
  await askWhose(tx, line, { why, wrongLoanId: loanId, amountMinor, valueOn, bankReference, payerIsBorrower }, true, now, why === 'TOLD_WRONGLY');
}
