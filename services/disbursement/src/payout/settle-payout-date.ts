import { businessDate, businessInstant, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, FieldCipher } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { announcePaid } from './end-payout.js';
import { lockPayout } from './stored-payout.js';
import { writePayout } from './write-payout.js';

/** Books the day of a payment that two persons have set: from here the loan is as any other. */
@Injectable()
export class SettlePayoutDate implements TaskHandler {
  constructor(
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async apply({ subject, parameters }: DecidedTask, tx: EventTransaction): Promise<void> {
    const payoutId = subject['payoutId']!;
    const paidOn = parameters['paidOn']!;
    const now = this.clock.now();
    const payout = await lockPayout(tx, this.cipher, payoutId);
    if (payout?.status !== 'PAID' || payout.bankReference === null) throw new Error(`payout ${payoutId} is not PAID`);
    if (payout.paidAt) throw cannotBeDone(`the payout has a day already: ${businessDate(payout.paidAt)}`);
    const first = businessDate(payout.instructedAt);
    const last = businessDate(now);
    if (paidOn < first || paidOn > last) throw cannotBeDone(`the payout was sent on ${first} and today is ${last}; paidOn must be between them`);
    // Noon in Shanghai, but never before the instruction or after now: the events' instant must be one that can be.
    const noon = businessInstant(paidOn, 12).getTime();
    const paidAt = new Date(Math.min(Math.max(noon, payout.instructedAt.getTime()), now.getTime()));
    await writePayout(tx, payoutId, now, { paidAt }, [{ action: 'ANSWER', outcome: 'paid', detail: 'DAY_SET_BY_TWO_PERSONS' }]);
    announcePaid(tx, payout, payout.bankReference, paidAt);
  }
}
