import { businessDate, businessInstant, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, FieldCipher } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { endFailed, endPaid } from './end-payout.js';
import { movePayout } from './payout-process.js';
import { TAKEOVER_MS } from './payout-turn.js';
import { lockPayout, type StoredPayout } from './stored-payout.js';

/** Two persons have learnt at the bank that it pays nothing; it says nothing against the account. */
const NOT_EXECUTED = 'PAYMENT_NOT_EXECUTED';

const LAST_SENT = `select max(at) as "lastSentAt" from payout_step where payout_id = $1 and action = 'SEND'`;

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
    // The bank has answered meanwhile, and its word is what counts: there is nothing left to do.
    if (!payout || movePayout(payout.status, 'work').action !== 'ask') return;
    const now = this.clock.now();
    if (decision === 'not-paid') {
      if (await this.#mayBeOnItsWay(tx, payout, now))
        throw cannotBeDone('it was sent a moment ago, and may still arrive at the bank; say it again in some minutes');
      const refusal = { reasonCode: NOT_EXECUTED, bankReference: payout.bankReference };
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

  /** A worker has it in hand, or had it so short a time ago that the bank may know of it later than the persons have asked. */
  async #mayBeOnItsWay(tx: EventTransaction, { payoutId, status }: StoredPayout, now: Date): Promise<boolean> {
    const { rows } = await tx.query<{ lastSentAt: Date | null }>(LAST_SENT, [payoutId]);
    return status !== 'UNKNOWN' || now.getTime() - (rows[0]!.lastSentAt?.getTime() ?? 0) < TAKEOVER_MS;
  }
}
