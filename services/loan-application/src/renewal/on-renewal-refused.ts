import type { Clock, RenewalRefused } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { applicantReasons } from '@millrace/reasons';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from '../drawdown/advance-drawdown.js';
import { renewalDifferences } from './match-renewal.js';

/** Nothing was booked: the contract is void, the applicant is told why, and may apply again at once. */
@Injectable()
export class OnRenewalRefused implements EventHandler<RenewalRefused> {
  constructor(
    private readonly advance: AdvanceDrawdown,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async handle(event: ReceivedEvent<RenewalRefused>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, settlementId: payoutId, reasonCode } = event.payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    const { renewsLoanId, amountMinor } = drawdown;
    const differences = renewalDifferences({ loanId, payoutId, amountMinor, renewsLoanId }, drawdown);
    if (differences.length > 0) return refuseEvent(tx, event, differences.join('; '));
    const refusal = { stage: 'disbursement', decidedAt: this.clock.now().toISOString(), reasons: applicantReasons([reasonCode], 'refusal') } as const;
    await this.advance.advance(tx, drawdown, { trigger: 'RenewalRefused', reason: reasonCode, evidence: { loanId, payoutId }, patch: { refusal } });
  }
}
