import { businessDate, type LoanDisbursed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';

/** The bank has paid: the loan lives from the business date of the payment. */
@Injectable()
export class OnLoanDisbursed implements EventHandler<LoanDisbursed> {
  constructor(private readonly advance: AdvanceApplication) {}

  async handle({ payload }: ReceivedEvent<LoanDisbursed>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, payoutId, amountMinor, bankReference, paidAt } = payload;
    const application = await this.advance.lockKnown(tx, applicationId);
    // Money that left for another loan or in another amount than the contract says is for a person to clear up.
    if (loanId !== application.loanId || amountMinor !== application.decision?.amountMinor)
      throw new Error(`payout ${payoutId} is not what the contract of ${applicationId} says`);
    await this.advance.advance(tx, application, {
      trigger: 'LoanDisbursed',
      reason: 'PAID',
      evidence: { loanId, payoutId, amountMinor, bankReference, paidAt },
      payment: { payoutId, paidOn: businessDate(new Date(paidAt)) },
    });
  }
}
