import { DirectDebitEnded, type DirectDebitFailed } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { isLoanOf } from './is-loan-of.js';

/** The books hear that nothing was debited, and decide whether it is tried again. */
@Injectable()
export class OnDirectDebitFailed implements EventHandler<DirectDebitFailed> {
  async handle(event: ReceivedEvent<DirectDebitFailed>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, debitId, reasonCode } = event.payload;
    if (!(await isLoanOf(tx, applicationId, loanId))) return refuseEvent(tx, event, `loan ${loanId} is no loan of application ${applicationId}`);
    tx.emit(new DirectDebitEnded({ applicationId, loanId, debitId, outcome: 'failed', reasonCode }));
  }
}
