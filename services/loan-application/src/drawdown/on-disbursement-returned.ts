import type { Clock, DisbursementReturned } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from './advance-drawdown.js';
import { payoutDifferences } from './match-payout.js';
import { holdMismatch } from './payout-mismatch.js';

/** The bank has sent the whole payout back (退汇): there is no loan, and the books hear of it behind what has opened it (R-DB-08, S13). */
@Injectable()
export class OnDisbursementReturned implements EventHandler<DisbursementReturned> {
  constructor(
    private readonly advance: AdvanceDrawdown,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async handle(event: ReceivedEvent<DisbursementReturned>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, payoutId, tenantId, lineId, amountMinor, currency, valueOn, bookedAt, bankReference } = event.payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    const differences = payoutDifferences({ loanId, payoutId, paid: { amountMinor, currency } }, drawdown);
    if (differences.length > 0) return holdMismatch(tx, event, differences, this.clock.now());
    if (tenantId !== drawdown.tenantId) return refuseEvent(tx, event, `loan ${loanId} is none of lender ${tenantId}`);
    await this.advance.advance(tx, drawdown, {
      trigger: 'DisbursementReturned',
      reason: 'PAYOUT_RETURNED',
      evidence: { loanId, payoutId, amountMinor, bankReference },
      returned: { payoutId, tenantId, lineId, amountMinor, currency, valueOn, bookedAt, bankReference },
    });
  }
}
