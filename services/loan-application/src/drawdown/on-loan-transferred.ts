import type { LoanTransferred } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from './advance-drawdown.js';
import type { StepEvidence } from '../process/step-evidence.js';

/** The claim was sold, so that nothing is owed to the lender any more: disbursement hears of it from the hub, and frees the limit. */
@Injectable()
export class OnLoanTransferred implements EventHandler<LoanTransferred> {
  constructor(private readonly advance: AdvanceDrawdown) {}

  async handle(event: ReceivedEvent<LoanTransferred>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, transferId, on: transferredOn } = event.payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    if (loanId !== drawdown.loanId) return refuseEvent(tx, event, `loan ${loanId} is not the loan of ${applicationId}, which is ${drawdown.loanId}`);
    const evidence: StepEvidence = { loanId, transferId, transferredOn };
    const step = { trigger: 'LoanTransferred', reason: 'CLAIM_TRANSFERRED', patch: { loanStatus: 'TRANSFERRED' } } as const;
    await this.advance.advance(tx, drawdown, { ...step, evidence, transferredOn });
  }
}
