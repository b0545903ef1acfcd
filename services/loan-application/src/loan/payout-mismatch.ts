import { refuseEvent, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { openHeldItem, type DecidedHeldItem, type HeldItemHandler, type HeldKind } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';

/** Two persons have cleared the contradiction up outside; the hub keeps what they found in the history of the application. */
@Injectable()
export class ApplyPayoutMismatch implements HeldItemHandler {
  constructor(private readonly advance: AdvanceApplication) {}

  async apply({ heldId, subject, parameters, proposedBy, confirmedBy }: DecidedHeldItem, tx: EventTransaction): Promise<void> {
    const application = await this.advance.lock(tx, subject['applicationId']!);
    const evidence = { heldId, payoutId: subject['payoutId'], found: parameters['found'], proposedBy, confirmedBy };
    if (application) await this.advance.note(tx, application, 'PayoutMismatch', 'CLEARED_UP', evidence);
  }
}

/** Disbursement tells of a payout that the hub has not ordered: wrong loan, amount, currency or id (R-DB-02). */
export const PAYOUT_MISMATCH: HeldKind = {
  kind: 'payout-mismatch',
  question: 'Disbursement tells of a payout that was not ordered so; the application was left as it is. What does the bank\u2019s statement say?',
  decisions: [
    {
      name: 'cleared-up',
      meaning: 'The bank was asked and its statement read; what was found goes into the history of the application, whose status stays as it is.',
      parameters: { found: 'text' },
    },
  ],
  handler: ApplyPayoutMismatch,
};

/** Records the event as refused and holds the question; the application stays as it is, and later events of it go on. */
export async function holdMismatch(
  tx: EventTransaction,
  event: ReceivedEvent<{ readonly applicationId: string; readonly loanId: string; readonly payoutId: string }>,
  differences: readonly string[],
  now: Date,
): Promise<void> {
  const { applicationId, loanId, payoutId } = event.payload;
  await refuseEvent(tx, event, `payout ${payoutId} is not what was ordered: ${differences.join('; ')}`);
  await openHeldItem(tx, { kind: PAYOUT_MISMATCH.kind, subject: { applicationId, payoutId }, facts: { loanId, eventId: event.id, differences } }, now);
}
