import { businessDate, LoanBooked, type Clock, type LoanActivated } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { bookLoan, type BookedLoan } from './book-loan.js';
import { missedAccrual } from './correct-accrual.js';
import { readAccount } from './read-account.js';
import { storeMovement } from './store-movement.js';

/** The money is out: the loan account, its schedule and its first journal entry are made together. */
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
    await catchUp(tx, payload, booked, now);
    const { applicationId, loanId, principalMinor } = payload;
    const { rows, instalmentMinor, totalInterestMinor } = booked.schedule;
    tx.emit(
      new LoanBooked({
        applicationId,
        loanId,
        principalMinor,
        instalments: rows.length,
        instalmentMinor: String(instalmentMinor),
        totalInterestMinor: String(totalInterestMinor),
        firstDueOn: rows[0]!.due,
        maturesOn: rows.at(-1)!.due,
      }),
    );
  }
}

/** Days of the loan that are closed already have gone by without it. */
async function catchUp(tx: EventTransaction, { loanId, disbursedOn }: LoanActivated, { accruedThrough }: BookedLoan, now: Date): Promise<void> {
  if (disbursedOn >= businessDate(now) && (accruedThrough === null || accruedThrough <= disbursedOn)) return;
  const account = (await readAccount(tx, loanId))!;
  const entries = await missedAccrual(tx, account);
  if (entries.length > 0) await storeMovement(tx, account, account, entries, now);
}

/** The same loan again is a no-op; another loan of the application, or the same from another payout or in another amount, is never booked beside it. */
async function refuseContradiction(event: ReceivedEvent<LoanActivated>, tx: EventTransaction): Promise<void> {
  const { applicationId, loanId, payoutId, principalMinor } = event.payload;
  const sql = 'select 1 from loan where loan_id = $1 and application_id = $2 and payout_id = $3 and principal_minor = $4';
  const { rowCount } = await tx.query(sql, [loanId, applicationId, payoutId, principalMinor]);
  if (!rowCount)
    await refuseEvent(tx, event, `a loan of application ${applicationId} is booked already, under another id, from another payout or in another amount`);
}
