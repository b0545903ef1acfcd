import { DirectDebitEnded, type DirectDebitCollected } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { isLoanOf } from './is-loan-of.js';

/** The books hear under which reference of the bank the statement will show the money. */
@Injectable()
export class OnDirectDebitCollected implements EventHandler<DirectDebitCollected> {
  async handle(event: ReceivedEvent<DirectDebitCollected>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, debitId, bankReference } = event.payload;
    if (!(await isLoanOf(tx, applicationId, loanId))) return refuseEvent(tx, event, `loan ${loanId} is no loan of application ${applicationId}`);
    tx.emit(new DirectDebitEnded({ applicationId, loanId, debitId, outcome: 'collected', bankReference }));
  }
}
