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

/**
 * Puts the money of a repayment that was taken out of its loan back in suspense, where the bank shows it: it is on the lender's account, and another loan's or
 * nobody's (R-DB-08). Of a repayment that was booked on somebody's word there is no money, and nothing happens.
 * @param taskId of the decision to take it out of the loan
 * @param whereabouts of the money; where nobody has said that the bank still has it, that is the first question, and no refund goes out unasked
 */
export async function returnToSuspense(
  tx: EventTransaction,
  { loanId, repaymentId, taskId }: { readonly loanId: string; readonly repaymentId: string; readonly taskId: string },
  whereabouts: 'at_the_bank' | 'unknown',
  now: Date,
): Promise<void> {
  const { rows } = await tx.query<BookedLine & Record<string, unknown>>(LINE, [loanId, repaymentId]);
  const [line] = rows;
  if (!line) return;
  const { amountMinor, valueOn, bankReference, payerIsBorrower, assignedAt } = line;
  await enterSuspenseAgain(tx, line, taskId, assignedAt === null ? valueOn : businessDate(assignedAt), now);
  const isDoubtful = whereabouts === 'unknown';
  const why = isDoubtful ? 'TOLD_WRONGLY' : 'BOOKED_WRONGLY';
  await askWhose(tx, line, { why, wrongLoanId: loanId, amountMinor, valueOn, bankReference, payerIsBorrower }, true, now, isDoubtful);
}
