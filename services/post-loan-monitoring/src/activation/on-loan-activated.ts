import type { Clock, LoanActivated } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { bookGuarantees } from '../guarantee/book-guarantees.js';
import { bookLoan } from '../loan/book-loan.js';
import { openBooks } from '../loan/open-books.js';

/** The money is out: the loan account, its schedule, its first journal entry and who stands for it are made together. */
@Injectable()
export class OnLoanActivated implements EventHandler<LoanActivated> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle(event: ReceivedEvent<LoanActivated>, tx: EventTransaction): Promise<void> {
    const { payload } = event;
    // A release that this build does not know must stop the booking, which can be retried, and not the first repayment.
    const { lenderType } = policyOf(payload.policyVersion);
    // Only what no lender of the licence may lend, however large it is: money that is out is booked, though the lender's own cap may have fallen since.
    const capMinor = BigInt(policyInForce(lenderType, payload.disbursedOn).exposure.obligorCapMinor);
    if (BigInt(payload.principalMinor) > capMinor)
      return refuseEvent(tx, event, `${payload.principalMinor} fen are more than one borrower may owe (${capMinor} fen, ${payload.policyVersion})`);
    const now = this.clock.now();
    const booked = await bookLoan(tx, payload, now);
    if (!booked) return refuseContradiction(event, tx);
    await openBooks(tx, payload, booked, now);
    await bookGuarantees(tx, payload, booked, now);
  }
}

/** The same loan again is a no-op; another loan of the application, or the same from another payout or in another amount, is never booked beside it. */
async function refuseContradiction(event: ReceivedEvent<LoanActivated>, tx: EventTransaction): Promise<void> {
  const { applicationId, loanId, payoutId, principalMinor } = event.payload;
  const sql = 'select 1 from loan where loan_id = $1 and application_id = $2 and payout_id = $3 and principal_minor = $4';
  const { rowCount } = await tx.query(sql, [loanId, applicationId, payoutId, principalMinor]);
  if (!rowCount)
    await refuseEvent(tx, event, `a loan of application ${applicationId} is booked already, under another id, from another payout or in another amount`);
}
