import type { LoanSettled } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';

/** Nothing is owed any more: the application has come to its end. */
@Injectable()
export class OnLoanSettled implements EventHandler<LoanSettled> {
  constructor(private readonly advance: AdvanceApplication) {}

  async handle(event: ReceivedEvent<LoanSettled>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, settledOn } = event.payload;
    const application = await this.advance.lockKnown(tx, applicationId);
    if (loanId !== application.loanId)
      return refuseEvent(tx, event, `loan ${loanId} is not the loan of ${applicationId}, which is ${application.loanId ?? 'none'}`);
    await this.advance.advance(tx, application, { trigger: 'LoanSettled', reason: 'SETTLED', evidence: { loanId, settledOn } });
  }
}
