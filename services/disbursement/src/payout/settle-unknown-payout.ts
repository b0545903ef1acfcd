import { businessDate, businessInstant, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, FieldCipher } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { endFailed, endPaid } from './end-payout.js';
import { movePayout } from './payout-process.js';
import { lockPayout } from './stored-payout.js';

/** Two persons have found out at the bank what became of a payment (M-DR-08). */
@Injectable()
export class SettleUnknownPayout implements TaskHandler {
  constructor(
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async apply({ subject, decision, parameters }: DecidedTask, tx: EventTransaction): Promise<void> {
    const payoutId = subject['payoutId']!;
    const payout = await lockPayout(tx, this.cipher, payoutId);
    if (!payout || movePayout(payout.status, 'work').action !== 'ask') throw cannotBeDone('the bank has answered meanwhile');
    const now = this.clock.now();
    if (decision === 'not-paid') {
      const refusal = { reasonCode: 'BANK_REFUSED', bankReference: payout.bankReference };
      return endFailed(tx, payout, refusal, [{ action: 'ANSWER', outcome: 'refused', detail: 'SAID_BY_TWO_PERSONS' }], now);
    }
    const paidOn = parameters['paidOn']!;
    const [first, last] = [businessDate(payout.instructedAt), businessDate(now)];
    if (paidOn < first || paidOn > last) throw cannotBeDone(`the payout was sent on ${first} and today is ${last}; paidOn must be between them`);
    // Noon in Shanghai, but never before the instruction or after now: the events' instant must be one that can be.
    const paidAt = new Date(Math.min(Math.max(businessInstant(paidOn, 12).getTime(), payout.instructedAt.getTime()), now.getTime()));
    const answer = { outcome: 'paid', bankReference: parameters['bankReference']!, paidAt, detail: null } as const;
    await endPaid(tx, payout, answer, { action: 'ANSWER', outcome: 'paid', detail: 'SAID_BY_TWO_PERSONS' }, now);
  }
}
