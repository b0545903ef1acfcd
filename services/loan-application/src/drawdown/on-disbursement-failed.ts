import type { Clock, DisbursementFailed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from './advance-drawdown.js';
import { payoutDifferences } from './match-payout.js';
import { refusesAccount } from './refused-account.js';
import { holdMismatch } from './payout-mismatch.js';
import type { StepEvidence } from '../process/step-evidence.js';

/** The payout is refused for good: a payment officer decides whether to try again, to another account where this one is refused, or to end it. */
@Injectable()
export class OnDisbursementFailed implements EventHandler<DisbursementFailed> {
  constructor(
    private readonly advance: AdvanceDrawdown,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async handle(event: ReceivedEvent<DisbursementFailed>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, payoutId, reasonCode } = event.payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    const evidence: StepEvidence = { loanId, payoutId };
    // Said again of a payout that a person has dealt with: it must not stop the payout ordered since.
    if (drawdown.failedPayoutId === payoutId) return this.advance.note(tx, drawdown, 'DisbursementFailed', 'KNOWN_ALREADY', evidence);
    const differences = payoutDifferences({ loanId, payoutId }, drawdown);
    if (differences.length > 0) return holdMismatch(tx, event, differences, this.clock.now());
    await this.advance.advance(tx, drawdown, {
      trigger: 'DisbursementFailed',
      reason: reasonCode,
      evidence,
      patch: {
        failedPayoutId: payoutId,
        ...(refusesAccount(reasonCode) ? { refusedPayeeRecordIds: [...drawdown.refusedPayeeRecordIds, drawdown.payeeRecordId] } : {}),
      },
      review: {
        reasons: [{ code: reasonCode, sentence: 'The loan could not be paid out to the account given.' }],
        figures: { loanId, payoutId, amountMinor: drawdown.amountMinor },
      },
    });
  }
}
