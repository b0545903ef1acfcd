import type { LoanReopened } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from './advance-drawdown.js';
import type { StepEvidence } from '../process/step-evidence.js';

/** The loan is owed again: disbursement hears of it from the hub, and counts it against the firm's limit again. */
@Injectable()
export class OnLoanReopened implements EventHandler<LoanReopened> {
  constructor(private readonly advance: AdvanceDrawdown) {}

  async handle(event: ReceivedEvent<LoanReopened>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, outstandingPrincipalMinor } = event.payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    if (loanId !== drawdown.loanId) return refuseEvent(tx, event, `loan ${loanId} is not the loan of ${applicationId}, which is ${drawdown.loanId}`);
    const evidence: StepEvidence = { loanId };
    if (drawdown.loanStatus !== 'SETTLED' && drawdown.loanStatus !== 'CLOSED')
      return this.advance.note(tx, drawdown, 'LoanReopened', 'KNOWN_ALREADY', evidence);
    const step = { trigger: 'LoanReopened', reason: 'MONEY_TAKEN_BACK', patch: { loanStatus: 'ACTIVE' } } as const;
    await this.advance.advance(tx, drawdown, { ...step, evidence, owedAgain: { outstandingPrincipalMinor } });
  }
}
