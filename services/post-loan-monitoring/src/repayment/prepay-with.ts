import { businessDate, type PrepaymentEffect } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { Problem } from '@millrace/service';
import type { Posting } from '../ledger/posting.js';
import { emitStatus } from '../loan/emit-status.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { restateLoan } from '../loan/restate-loan.js';
import { standAgain } from '../standing/stand-again.js';
import { tellPrepaid } from './tell-prepaid.js';

const ANNOUNCED = `
update announcement set prepayment_effect = $3 where loan_id = $1 and repayment_id = $2 and state in ('announced', 'not_on_statement')`;
const BOOKED = 'update repayment set prepayment_effect = $3 where loan_id = $1 and repayment_id = $2';

/**
 * Money that is announced or booked already is to repay principal early: the borrower says so of the transfer afterwards. Booked money counts so from its own
 * value date on, whatever became known in between; the loan is played anew. Told again it changes nothing.
 * @throws Problem `PREPAYMENT_TOLD_TOO_LATE` where the money was booked longer ago than a line may come after its announcement (M-LN-06)
 */
export async function prepayWith(tx: EventTransaction, before: LoanAccount, repaymentId: string, effect: PrepaymentEffect, now: Date): Promise<void> {
  const { loanId, policyVersion, movements } = before;
  if ((await tx.query(ANNOUNCED, [loanId, repaymentId, effect])).rowCount) return;
  const known = movements.find((one) => one.repaymentId === repaymentId);
  if (!known || known.prepaymentEffect) return;
  const today = businessDate(now);
  const lastOn = addDays(known.valueOn, policyOf(policyVersion).repayment.announcementDays);
  if (today > lastOn) throw toldTooLate(lastOn);
  await tx.query(BOOKED, [loanId, repaymentId, effect]);
  const movement = { ...known, prepaymentEffect: effect };
  const { loan, after } = await restateLoan(
    tx,
    before,
    movements.map((one) => (one === known ? movement : one)),
    today,
    now,
  );
  await standAgain(tx, after, today, now);
  const posting = loan.postings.find((one) => one.kind === 'REPAYMENT' && one.movementId === repaymentId) as Posting;
  tellPrepaid(tx, before, after, movement, posting);
  emitStatus(tx, before, after);
}

function toldTooLate(lastOn: string): Problem {
  return new Problem({
    status: 409,
    code: 'PREPAYMENT_TOLD_TOO_LATE',
    title: 'The money was booked too long ago to become a prepayment.',
    detail: `It could have been told until ${lastOn}. What is held of it pays what falls due next.`,
  });
}
