import { LoanBooked, type Clock, type LoanActivated } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { policyPackByVersion } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { bookLoan } from './book-loan.js';

/** The money is out: the loan account, its schedule and its first journal entry are made together. */
@Injectable()
export class OnLoanActivated implements EventHandler<LoanActivated> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle({ payload }: ReceivedEvent<LoanActivated>, tx: EventTransaction): Promise<void> {
    // A pack that this build does not know must stop the booking, which can be retried, and not the first repayment.
    policyPackByVersion(payload.policyVersion);
    const schedule = await bookLoan(tx, payload, this.clock.now());
    if (!schedule) return refuseContradiction(payload, tx);
    const { applicationId, loanId, principalMinor } = payload;
    const { rows, instalmentMinor, totalInterestMinor } = schedule;
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

/** The same loan again is a no-op; a loan that is said to be two different ones is trouble that a person must see. */
async function refuseContradiction({ loanId, payoutId, principalMinor }: LoanActivated, tx: EventTransaction): Promise<void> {
  const { rowCount } = await tx.query('select 1 from loan where loan_id = $1 and payout_id = $2 and principal_minor = $3', [loanId, payoutId, principalMinor]);
  if (!rowCount) throw new Error(`loan ${loanId} is booked already, from another payout or with another principal`);
}
