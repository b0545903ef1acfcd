import type { LoanRenewed } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from '../drawdown/advance-drawdown.js';
import { renewalDifferences } from './match-renewal.js';

/** The loan is booked and has settled the old one: disbursement hears of it from the hub, and lets the limit pass to it. */
@Injectable()
export class OnLoanRenewed implements EventHandler<LoanRenewed> {
  constructor(private readonly advance: AdvanceDrawdown) {}

  async handle(event: ReceivedEvent<LoanRenewed>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, renewedLoanId, settlementId: payoutId, principalMinor: amountMinor } = event.payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    const differences = renewalDifferences({ loanId, payoutId, amountMinor, renewsLoanId: renewedLoanId }, drawdown);
    if (differences.length > 0) return refuseEvent(tx, event, differences.join('; '));
    const evidence = { loanId, payoutId, amountMinor };
    await this.advance.advance(tx, drawdown, { trigger: 'LoanRenewed', reason: 'RENEWED', evidence, patch: { loanStatus: 'ACTIVE' } });
  }
}
