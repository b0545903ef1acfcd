import { businessDate, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, FieldCipher, HeldDecisionRefused, type DecidedHeldItem, type HeldItemHandler, type HeldKind } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { announcePaid, PAYOUT_DATE } from './end-payout.js';
import { lockPayout } from './stored-payout.js';
import { writePayout } from './write-payout.js';

/** Books the day of a payment that two persons have set: from here the loan is as any other. */
@Injectable()
export class SettlePayoutDate implements HeldItemHandler {
  constructor(
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async apply({ subject, parameters }: DecidedHeldItem, tx: EventTransaction): Promise<void> {
    const payoutId = subject['payoutId']!;
    const paidOn = parameters['paidOn']!;
    const now = this.clock.now();
    const payout = await lockPayout(tx, this.cipher, payoutId);
    if (payout?.status !== 'PAID' || payout.bankReference === null) throw new Error(`payout ${payoutId} is not PAID`);
    if (payout.paidAt) throw new HeldDecisionRefused(`the payout has a day already: ${businessDate(payout.paidAt)}`);
    const first = businessDate(payout.instructedAt);
    const last = businessDate(now);
    if (paidOn < first || paidOn > last) throw new HeldDecisionRefused(`the payout was sent on ${first} and today is ${last}; paidOn must be between them`);
    // Noon in Shanghai, but never before the instruction or after now: the events' instant must be one that can be.
    const noon = new Date(`${paidOn}T12:00:00+08:00`).getTime();
    const paidAt = new Date(Math.min(Math.max(noon, payout.instructedAt.getTime()), now.getTime()));
    await writePayout(tx, payoutId, now, { paidAt }, [{ action: 'ANSWER', outcome: 'paid', detail: 'DAY_SET_BY_TWO_PERSONS' }]);
    announcePaid(tx, payout, payout.bankReference, paidAt);
  }
}

/** The question that a payment with an impossible day asks (a payment officer's, with a second person). */
export const PAYOUT_DATE_KIND: HeldKind = {
  kind: PAYOUT_DATE,
  question: 'The bank has paid and names an instant that it cannot have meant. On which day did the money leave, by the bank’s statement?',
  decisions: [{ name: 'paid-on', meaning: 'The loan lives from this business day (Asia/Shanghai).', parameters: { paidOn: 'date' } }],
  handler: SettlePayoutDate,
};
