import { businessDate, type Clock, type LoanDisbursed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from './advance-drawdown.js';
import { payoutDifferences } from './match-payout.js';
import { holdMismatch } from './payout-mismatch.js';

/** The bank has paid what was ordered: the loan lives from the business date of the payment. */
@Injectable()
export class OnLoanDisbursed implements EventHandler<LoanDisbursed> {
  constructor(
    private readonly advance: AdvanceDrawdown,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async handle(event: ReceivedEvent<LoanDisbursed>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, payoutId, amountMinor, currency, bankReference, paidAt } = event.payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    const differences = payoutDifferences({ loanId, payoutId, paid: { amountMinor, currency } }, drawdown);
    if (differences.length > 0) return holdMismatch(tx, event, differences, this.clock.now());
    await this.advance.advance(tx, drawdown, {
      trigger: 'LoanDisbursed',
      reason: 'PAID',
      evidence: { loanId, payoutId, amountMinor, bankReference, paidAt },
      patch: { loanStatus: 'ACTIVE' },
      payment: { payoutId, paidOn: businessDate(new Date(paidAt)) },
    });
  }
}
