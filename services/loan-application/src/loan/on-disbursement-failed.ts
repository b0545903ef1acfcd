import type { DisbursementFailed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';

/** The payout is refused for good: a payment officer decides whether to try again or to end it. */
@Injectable()
export class OnDisbursementFailed implements EventHandler<DisbursementFailed> {
  constructor(private readonly advance: AdvanceApplication) {}

  async handle({ payload }: ReceivedEvent<DisbursementFailed>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, payoutId, reasonCode } = payload;
    const application = await this.advance.lockKnown(tx, applicationId);
    const evidence = { loanId, payoutId };
    // Said again of a payout that a person has dealt with: it must not stop the payout ordered since.
    if (application.failedPayoutId === payoutId) return this.advance.note(tx, application, 'DisbursementFailed', 'KNOWN_ALREADY', evidence);
    await this.advance.advance(tx, application, {
      trigger: 'DisbursementFailed',
      reason: reasonCode,
      evidence,
      patch: { failedPayoutId: payoutId },
      review: {
        reasons: [{ code: reasonCode, sentence: 'The loan could not be paid out to the account given.' }],
        figures: { ...evidence, amountMinor: application.decision?.amountMinor ?? null },
      },
    });
  }
}
