import type { LoanSettled } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from './advance-drawdown.js';
import type { StepEvidence } from '../process/step-evidence.js';

/** Nothing is owed any more: disbursement hears of it from the hub, and frees the limit; of a renewal it hears with the new loan, which takes the limit over. */
@Injectable()
export class OnLoanSettled implements EventHandler<LoanSettled> {
  constructor(private readonly advance: AdvanceDrawdown) {}

  async handle(event: ReceivedEvent<LoanSettled>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, settledOn, renewedByLoanId } = event.payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    if (loanId !== drawdown.loanId) return refuseEvent(tx, event, `loan ${loanId} is not the loan of ${applicationId}, which is ${drawdown.loanId}`);
    const evidence: StepEvidence = { loanId, settledOn };
    const trigger = renewedByLoanId === undefined ? 'LoanSettled' : 'LoanRenewedByAnother';
    if (drawdown.loanStatus === 'SETTLED') return this.advance.note(tx, drawdown, trigger, 'KNOWN_ALREADY', evidence);
    await this.advance.advance(tx, drawdown, { trigger, reason: 'SETTLED', evidence, patch: { loanStatus: 'SETTLED' } });
  }
}
