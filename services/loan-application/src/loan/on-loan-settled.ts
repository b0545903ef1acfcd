import type { LoanSettled } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';

/** Nothing is owed any more: the application has come to its end. */
@Injectable()
export class OnLoanSettled implements EventHandler<LoanSettled> {
  constructor(private readonly advance: AdvanceApplication) {}

  async handle({ payload }: ReceivedEvent<LoanSettled>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, settledOn } = payload;
    const application = await this.advance.lockKnown(tx, applicationId);
    if (loanId !== application.loanId) throw new Error(`loan ${loanId} is not the loan of ${applicationId}`);
    await this.advance.advance(tx, application, { trigger: 'LoanSettled', reason: 'SETTLED', evidence: { loanId, settledOn } });
  }
}
