import type { LoanStatusChanged } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from './advance-drawdown.js';
import type { StepEvidence } from '../process/step-evidence.js';

/** The loan is in another status, which whoever looks at the application is told. */
@Injectable()
export class OnLoanStatusChanged implements EventHandler<LoanStatusChanged> {
  constructor(private readonly advance: AdvanceDrawdown) {}

  async handle(event: ReceivedEvent<LoanStatusChanged>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, status: loanStatus, reasonCode: reason } = event.payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    if (loanId !== drawdown.loanId) return refuseEvent(tx, event, `loan ${loanId} is not the loan of ${applicationId}, which is ${drawdown.loanId}`);
    const evidence: StepEvidence = { loanId, loanStatus };
    if (drawdown.loanStatus === loanStatus) return this.advance.note(tx, drawdown, 'LoanStatusChanged', 'KNOWN_ALREADY', evidence);
    await this.advance.advance(tx, drawdown, { trigger: 'LoanStatusChanged', reason, evidence, patch: { loanStatus } });
  }
}
