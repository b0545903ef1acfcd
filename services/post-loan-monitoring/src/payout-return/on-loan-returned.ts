import { businessDate, RepaymentReversed, type Clock, type LoanReturned } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { askWhose } from '../bank-line/ask-whose.js';
import { enterSuspense } from '../bank-line/post-suspense.js';
import { isKnownLine, recordLine } from '../bank-line/record-line.js';
import { returnToSuspense } from '../bank-line/return-to-suspense.js';
import { emitStatus } from '../loan/emit-status.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import { restateLoan, voidLoan } from '../loan/restate-loan.js';
import { lockReference, referenceName } from '../repayment/bank-reference.js';
import { takeOut } from '../reversal/take-out.js';
import { standAgain } from '../standing/stand-again.js';
import { mayBeVoided } from './may-be-voided.js';

const OF_PAYOUT = 'select 1 from loan where loan_id = $1 and payout_id = $2';

/** Who has taken the borrower's money out of a loan that is void. */
const TAKEN_OUT_BY = 'bank-statement';

/**
 * The bank has sent a payout back (退汇): the loan is void, nothing was ever owed of it, and what the borrower has paid already is kept for him (R-DB-08, S13). It
 * stands among the events of its application, behind what has opened the loan.
 */
@Injectable()
export class OnLoanReturned implements EventHandler<LoanReturned> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  shared(events: readonly ReceivedEvent<LoanReturned>[]): readonly string[] {
    return events.map(({ payload: { tenantId, bankReference } }) => referenceName(tenantId, bankReference));
  }

  async handle(event: ReceivedEvent<LoanReturned>, tx: EventTransaction): Promise<void> {
    const { payload: line } = event;
    const { lineId, loanId, payoutId, tenantId, amountMinor, bankReference } = line;
    await lockReference(tx, tenantId, bankReference);
    if (await isKnownLine(tx, lineId)) return;
    const account = await lockAccount(tx, loanId);
    const isOfLoan = account?.tenantId === tenantId && account.applicationId === line.applicationId && account.principalMinor === BigInt(amountMinor);
    if (!isOfLoan || !(await tx.query(OF_PAYOUT, [loanId, payoutId])).rowCount)
      return refuseEvent(tx, event, `payout ${payoutId} of ${amountMinor} fen is not what loan ${loanId} of lender ${tenantId} was paid out by`);
    const now = this.clock.now();
    if (!mayBeVoided(account)) return this.#keep(tx, line, account, now);
    await recordLine(tx, line, { outcome: 'RETURNED' }, now);
    await this.#giveMoneyBack(tx, account, now);
    // It may have been settled by money that was taken out just now.
    const before = (await lockAccount(tx, loanId))!;
    const { after } = await voidLoan(tx, before, line, now);
    emitStatus(tx, before, after);
    await standAgain(tx, after, businessDate(now), now);
  }

  /** A loan that has gone further than a payout comes back in time for, is for people; the money is the lender's to give. */
  async #keep(tx: EventTransaction, line: LoanReturned, { status }: LoanAccount, now: Date): Promise<void> {
    const { lineId, amountMinor, valueOn, bankReference, loanId, applicationId, payoutId } = line;
    const why = 'RETURN_TOO_LATE';
    await recordLine(tx, line, { outcome: 'SUSPENSE', reason: why }, now);
    await enterSuspense(tx, line, now);
    await askWhose(tx, { lineId, tenantId: line.tenantId }, { why, amountMinor, valueOn, bankReference, loanId, applicationId, payoutId, status }, false, now);
  }

  /** What the borrower has paid on a loan that never was is his: it leaves the loan, and persons send it back to him. */
  async #giveMoneyBack(tx: EventTransaction, before: LoanAccount, now: Date): Promise<void> {
    const { loanId, applicationId, movements } = before;
    if (movements.length === 0) return;
    const { after } = await restateLoan(tx, before, [], businessDate(now), now);
    for (const { repaymentId, amountMinor } of movements) {
      await takeOut(tx, { loanId, repaymentId, reason: 'loan_returned', by: TAKEN_OUT_BY }, now);
      await returnToSuspense(tx, { loanId, repaymentId, sourceId: repaymentId, why: 'LOAN_RETURNED' }, now);
      const outstandingPrincipalMinor = String(after.outstandingPrincipalMinor);
      const told = { applicationId, loanId, repaymentId, amountMinor: String(amountMinor), reason: 'loan_returned' as const, outstandingPrincipalMinor };
      tx.emit(new RepaymentReversed(told));
    }
    emitStatus(tx, before, after);
  }
}
