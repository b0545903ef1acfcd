import { newId, nameSha256, PaymentOutcomeUnknown, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { nextQueryAt, policyOf } from '@millrace/policy';
import { CLOCK, FieldCipher, LOGGER } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { BankAnswer } from '../bank/bank-answer.js';
import { accountOf } from '../bank/statement-accounts.js';
import { DisbursementConfig } from '../config.js';
import type { Payee } from '../payee/payee-record.js';
import { endFailed, endPaid } from './end-payout.js';
import type { HolderAnswer } from '../bank/holder-answer.js';
import { signalOf } from '../bank/bank-outcomes.js';
import { movePayout } from './payout-process.js';
import { TAKEOVER_MS } from './payout-turn.js';
import { contextOfPayout, lockPayout, type StoredPayout } from './stored-payout.js';
import { writePayout, type PayoutStep } from './write-payout.js';

/** What the worker has to do next with the payout that it has in hand. */
export type Work =
  { readonly call: 'ask'; readonly payout: StoredPayout } | { readonly call: 'verify' | 'send'; readonly payout: StoredPayout; readonly payee: Payee };

/** True where the account's holder has the borrower's name; an order of before says no name, and then only the bank is asked. */
function isBorrowers({ accountName }: Payee, { borrowerNameSha256 }: StoredPayout): boolean {
  return borrowerNameSha256 === null || nameSha256(accountName) === borrowerNameSha256;
}

/** The payee's record is not what was stored (SEC-10): nothing is sent until it is again. */
const PAYEE_NOT_TRUSTED = 'PAYEE_NOT_TRUSTED';

/** Nothing may be paid to the firm (R-DB-01). */
const FACILITY_FROZEN = 'FACILITY_FROZEN';

/** A held payout is looked at again after so long, so that it goes on by itself once its payee has been restored. */
const HELD_LOOK_MS = 900_000;

/** The two transactions around every call to the bank: what is about to be done, and what came of it (M-EV-02). */
@Injectable()
export class RecordPayout {
  constructor(
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(DisbursementConfig) private readonly config: DisbursementConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Takes a payout in hand and records the call before it is made; undefined where the turn is another worker's or nothing is left to do. */
  take(payoutId: string, turn: number): Promise<Work | undefined> {
    return this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: newId() }, async (tx) => {
      const payout = await lockPayout(tx, this.cipher, payoutId);
      if (!payout || payout.turn !== turn) return undefined;
      const { next, action } = movePayout(payout.status, 'work');
      if (action !== 'verify' && action !== 'ask') return undefined;
      const now = this.clock.now();
      const mine = { status: next, turn: turn + 1, nextActionAt: new Date(now.getTime() + TAKEOVER_MS) };
      if (action === 'ask') {
        await writePayout(tx, payoutId, now, mine, [{ action: 'ASK' }]);
        return { call: action, payout: { ...payout, status: next, turn: mine.turn, queries: payout.queries + 1 } };
      }
      if (payout.frozen) {
        await this.#refuse(tx, payout, FACILITY_FROZEN, now);
        return undefined;
      }
      const { payee } = payout;
      if (!payee) return this.#hold(tx, payout, []);
      if (!isBorrowers(payee, payout)) {
        await this.#refuse(tx, payout, 'PAYEE_NOT_BORROWER', now);
        return undefined;
      }
      await writePayout(tx, payoutId, now, { ...mine, heldReason: null }, [{ action: 'VERIFY' }]);
      return { call: action, payout: { ...payout, status: next, turn: mine.turn }, payee };
    });
  }

  /** Records what the bank said about the account's holder; only its clear yes leads to the instruction (SEC-9). */
  recordHolder(inHand: StoredPayout, answer: HolderAnswer): Promise<Work | undefined> {
    return this.runner.run(contextOfPayout(inHand), async (tx) => {
      const payout = await lockPayout(tx, this.cipher, inHand.payoutId);
      if (!payout || payout.turn !== inHand.turn || payout.status !== 'RESERVED') return undefined;
      const now = this.clock.now();
      const { next } = movePayout(payout.status, answer.outcome);
      if (answer.outcome === 'holder_refused') {
        await this.#refuse(tx, payout, answer.reasonCode, now);
        return undefined;
      }
      const said: PayoutStep = { action: 'ANSWER', outcome: answer.outcome, detail: answer.outcome === 'holder_unclear' ? answer.detail : null };
      if (answer.outcome === 'holder_unclear') {
        const nextActionAt = nextQueryAt(now, 0, policyOf(payout.policyVersion).payment.unknownQuerySeconds);
        await writePayout(tx, payout.payoutId, now, { status: next, nextActionAt }, [said]);
        return undefined;
      }
      if (payout.frozen) {
        await this.#refuse(tx, payout, FACILITY_FROZEN, now);
        return undefined;
      }
      const { payee } = payout;
      if (!payee) return this.#hold(tx, payout, [said]);
      const payerAccount = accountOf(this.config.statementAccounts, payout.tenantId) ?? null;
      const mine = { status: next, nextActionAt: new Date(now.getTime() + TAKEOVER_MS), payerAccount };
      await writePayout(tx, payout.payoutId, now, mine, [said, { action: 'SEND' }]);
      return { call: 'send', payout: { ...payout, status: next, payerAccount }, payee };
    });
  }

  /** Ends a payout that must not be sent before a person has looked: its account is not shown to be the borrower’s, or the firm may not be paid. */
  async #refuse(tx: EventTransaction, payout: StoredPayout, reasonCode: string, now: Date): Promise<void> {
    await endFailed(tx, payout, { reasonCode, bankReference: null }, [{ action: 'ANSWER', outcome: 'holder_refused', detail: reasonCode }], now);
    this.logger.warn({ payoutId: payout.payoutId, reason: reasonCode }, 'a payout is refused before it is sent');
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

  /** Leaves the payout where it is, for a person to look at; said in its story once. */
  async #hold(tx: EventTransaction, { payoutId, heldReason }: StoredPayout, said: readonly PayoutStep[], reason = PAYEE_NOT_TRUSTED): Promise<undefined> {
    const now = this.clock.now();
    const alarm: PayoutStep[] = heldReason === reason ? [] : [{ action: 'ALARM', detail: reason }];
    await writePayout(tx, payoutId, now, { nextActionAt: new Date(now.getTime() + HELD_LOOK_MS), heldReason: reason }, [...said, ...alarm]);
    this.logger.error({ payoutId, reason }, 'a payout is held, and a person has to look: its payee is not what was stored, or the firm may not be paid');
  }

  async #move(tx: EventTransaction, payout: StoredPayout, answer: BankAnswer): Promise<Work | undefined> {
    const { payoutId, applicationId, loanId } = payout;
    const now = this.clock.now();
    const { signal, contradicts } = signalOf(answer.outcome, payout.bankReference !== null);
    const { next, action } = movePayout(payout.status, signal);
    const said: PayoutStep = { action: contradicts || action === 'alarm' ? 'ALARM' : 'ANSWER', outcome: answer.outcome, detail: answer.detail };
    if (said.action === 'ALARM')
      this.logger.error({ payoutId, status: payout.status, outcome: answer.outcome }, 'the bank contradicts itself about a payout: a person has to look');
    if (action === 'none' || action === 'alarm') await writePayout(tx, payoutId, now, {}, [said]);
    else if (action === 'send') {
      const { payee } = payout;
      // The bank has never seen it. It is not ended, as the first sending may still arrive there: a second payout would then pay twice.
      if (payout.frozen) return this.#hold(tx, payout, [said], FACILITY_FROZEN);
      if (!payee) return this.#hold(tx, payout, [said]);
      const mine = { status: next, nextActionAt: new Date(now.getTime() + TAKEOVER_MS), heldReason: null };
      await writePayout(tx, payoutId, now, mine, [said, { action: 'SEND' }]);
      return { call: 'send', payout: { ...payout, status: next }, payee };
    } else if (answer.outcome === 'paid') {
      if (!(await endPaid(tx, payout, answer, said, now)))
        this.logger.error({ payoutId, paidAt: answer.paidAt }, 'the bank has paid on a day that cannot be: two persons have to set it');
    } else if (answer.outcome === 'refused') {
      await endFailed(tx, payout, answer, [said], now);
    } else {
      const nextAt = nextQueryAt(now, payout.queries, policyOf(payout.policyVersion).payment.unknownQuerySeconds);
      await writePayout(tx, payoutId, now, { status: next, nextActionAt: nextAt, bankReference: answer.bankReference }, [said]);
      tx.emit(new PaymentOutcomeUnknown({ applicationId, loanId, payoutId, queries: payout.queries + 1, nextQueryAt: nextAt.toISOString() }));
    }
    return undefined;
  }
}
