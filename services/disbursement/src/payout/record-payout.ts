import { DisbursementFailed, LoanDisbursed, newId, PaymentOutcomeUnknown, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyPackByVersion } from '@millrace/policy';
import { CLOCK, FieldCipher, LOGGER } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { releaseReservation, useReservation } from '../facility/end-reservation.js';
import type { BankAnswer } from './bank-answer.js';
import { movePayout, signalOf } from './payout-process.js';
import { TAKEOVER_MS } from './payout-turn.js';
import { nextQueryAt } from './query-ladder.js';
import { contextOfPayout, lockPayout, type StoredPayout } from './stored-payout.js';
import { writePayout, type PayoutStep } from './write-payout.js';

/** What the worker has to do next with the payout that it has in hand. */
export interface Work {
  readonly call: 'send' | 'ask';
  readonly payout: StoredPayout;
}

/** The two transactions around every call to the bank: what is about to be done, and what came of it (design §4.6). */
@Injectable()
export class RecordPayout {
  constructor(
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Takes a payout in hand and records the call before it is made; undefined where the turn is another worker's or nothing is left to do. */
  take(payoutId: string, turn: number): Promise<Work | undefined> {
    return this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: newId() }, async (tx) => {
      const payout = await lockPayout(tx, this.cipher, payoutId);
      if (!payout || payout.turn !== turn) return undefined;
      const { next, action } = movePayout(payout.status, 'work');
      if (action !== 'send' && action !== 'ask') return undefined;
      const now = this.clock.now();
      const step: PayoutStep = { action: action === 'send' ? 'SEND' : 'ASK' };
      const mine = { status: next, turn: turn + 1, nextActionAt: new Date(now.getTime() + TAKEOVER_MS) };
      await writePayout(tx, payoutId, now, mine, [step]);
      return { call: action, payout: { ...payout, status: next, turn: mine.turn, queries: payout.queries + (action === 'ask' ? 1 : 0) } };
    });
  }

  /** Records what the bank said, with the event that follows; returns the call that has to be made at once, where there is one. */
  record(inHand: StoredPayout, answer: BankAnswer): Promise<Work | undefined> {
    return this.runner.run(contextOfPayout(inHand), async (tx) => {
      const payout = await lockPayout(tx, this.cipher, inHand.payoutId);
      if (!payout) return undefined;
      // A final answer counts whoever brings it; what else a worker learnt is worth nothing once another one has gone on.
      if (payout.turn !== inHand.turn && answer.outcome !== 'paid' && answer.outcome !== 'refused') return undefined;
      return this.#move(tx, payout, answer);
    });
  }

  async #move(tx: EventTransaction, payout: StoredPayout, answer: BankAnswer): Promise<Work | undefined> {
    const { payoutId, applicationId, loanId, amountMinor, currency } = payout;
    const now = this.clock.now();
    const { signal, contradicts } = signalOf(answer.outcome, payout.bankReference !== null);
    const { next, action } = movePayout(payout.status, signal);
    const said: PayoutStep = { action: contradicts || action === 'alarm' ? 'ALARM' : 'ANSWER', outcome: answer.outcome, detail: answer.detail };
    if (said.action === 'ALARM')
      this.logger.error({ payoutId, status: payout.status, outcome: answer.outcome }, 'the bank contradicts itself about a payout: a person has to look');
    if (action === 'none' || action === 'alarm') await writePayout(tx, payoutId, now, {}, [said]);
    else if (action === 'send') {
      await writePayout(tx, payoutId, now, { status: next, nextActionAt: new Date(now.getTime() + TAKEOVER_MS) }, [said, { action: 'SEND' }]);
      return { call: 'send', payout: { ...payout, status: next } };
    } else if (answer.outcome === 'paid') {
      const { bankReference, paidAt } = answer;
      await writePayout(tx, payoutId, now, { status: next, nextActionAt: null, bankReference, paidAt }, [said]);
      await useReservation(tx, payoutId);
      tx.emit(new LoanDisbursed({ applicationId, loanId, payoutId, amountMinor, currency, bankReference, paidAt: paidAt.toISOString() }));
    } else if (answer.outcome === 'refused') {
      const { bankReference, reasonCode } = answer;
      await writePayout(tx, payoutId, now, { status: next, nextActionAt: null, bankReference, reasonCode }, [said]);
      await releaseReservation(tx, payoutId, now);
      tx.emit(new DisbursementFailed({ applicationId, loanId, payoutId, reasonCode }));
    } else {
      const nextAt = nextQueryAt(now, payout.queries, policyPackByVersion(payout.policyVersion).payment.unknownQuerySeconds);
      await writePayout(tx, payoutId, now, { status: next, nextActionAt: nextAt, bankReference: answer.bankReference }, [said]);
      tx.emit(new PaymentOutcomeUnknown({ applicationId, loanId, payoutId, queries: payout.queries + 1, nextQueryAt: nextAt.toISOString() }));
    }
    return undefined;
  }
}
