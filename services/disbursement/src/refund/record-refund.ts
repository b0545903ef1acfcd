import { businessDate, newId, RefundAnswered, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { nextQueryAt, policyOf } from '@millrace/policy';
import { ProcessStep, type StepOutcome } from '@millrace/process';
import type { CodeFor } from '@millrace/reasons';
import { BrokenSealError, CLOCK, Database, FieldCipher, LOGGER, openRecord, type StoredRow } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { BankAnswer } from '../bank/bank-answer.js';
import { signalOf, type BankOutcome } from '../bank/bank-outcomes.js';
import { LINE_PARTIES } from '../statement/line-party.js';
import type { Payer } from './refund-client.js';
import { REFUND_PROCESS, REFUND_SUBJECT, type RefundEvent, type RefundStatus, type RefundTrigger } from './refund-process.js';
import { refundJob, TAKEOVER_MS } from './refund-turn.js';
import { Refund } from './refund.entity.js';

/** What the worker has to do next with the refund that it has in hand. */
export type RefundWork = { readonly call: 'ask'; readonly refund: Refund } | { readonly call: 'send'; readonly refund: Refund; readonly payer: Payer };

/** A refund with the other side of its line, sealed. */
type LockedRefund = Refund & { readonly party: StoredRow | null; readonly lenderAccount: string; readonly originalReference: string };

/** A debit of the statement that is a refund. */
export interface RefundDebit {
  readonly lineId: string;
  readonly valueOn: string;
  readonly bankReference: string;
}

/** What is known of an order before its first step. */
export type RefundDraft = Pick<Refund, 'refundId' | 'tenantId' | 'lineId' | 'amountMinor' | 'currency' | 'policyVersion' | 'causationId' | 'traceparent'>;

const TRIGGER_OF: Readonly<Record<BankOutcome, RefundTrigger>> = { paid: 'Refunded', refused: 'Refused', unclear: 'Unclear', never_seen: 'NeverSeen' };

/** Form of an account that money can be sent to (docs/provider-contract.md). */
const ACCOUNT = /^\d{8,32}$/;
/** Where the bank was told, and has not said that it has sent it. */
const SHOWN_IN: readonly RefundStatus[] = ['INSTRUCTED', 'UNKNOWN', 'REFUSED'];
const NO_ACCOUNT = 'REFUND_ACCOUNT_UNKNOWN' satisfies CodeFor<'refund'>;
/** One refund is one debit. */
const SHOWN = 'insert into refund_debit (refund_id, line_id, seen_at) values ($1, $2, $3) on conflict do nothing';
/** A refund is sent whenever the bank can be reached. */
const NEVER = (): null => null;

/** The transactions around every call to the bank, and the ONE place that changes a refund: what is about to be done, and what came of it (M-EV-02, R-OP-09). */
@Injectable()
export class RecordRefund {
  readonly #lock: string;
  readonly #step: ProcessStep<Refund, 'refundId', RefundStatus, RefundTrigger, RefundEvent>;

  constructor(
    @Inject(Database) database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#lock = `select ${database.columns(Refund, 'r')}, l.account as "lenderAccount", l.bank_reference as "originalReference", to_json(p.*) as party from refund r
join bank_line l using (line_id) left join bank_line_party p on p.line_id = r.line_id and p.tenant_id = r.tenant_id
where r.refund_id = $1 for no key update of r`;
    this.#step = new ProcessStep(REFUND_PROCESS, REFUND_SUBJECT, database.repository(Refund).metadata.columns, clock);
  }

  /** Takes an order in, and queues its first turn; an order that is known already changes nothing. */
  async begin(tx: EventTransaction, draft: RefundDraft): Promise<void> {
    const now = this.clock.now();
    const counts = { sends: 0, queries: 0, turn: 0, nextActionAt: new Date(now.getTime() + TAKEOVER_MS), createdAt: now };
    const { lineId, amountMinor } = draft;
    const cause = { trigger: 'Requested', reason: 'RETURNED', evidence: { lineId, amountMinor } } as const;
    if (await this.#step.begin(tx, { ...draft, ...counts }, cause, NEVER)) tx.addJob(...refundJob(draft.refundId, 0));
  }

  /** Takes a refund in hand and records the call before it is made; undefined where the turn is another worker's or nothing is left to do. */
  take(refundId: string, turn: number): Promise<RefundWork | undefined> {
    return this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: newId() }, async (tx) => {
      const refund = await this.#locked(tx, refundId);
      if (!refund || refund.turn !== turn || !refund.live) return undefined;
      if (refund.status === 'REQUESTED') return this.#send(tx, refund);
      const patch = { turn: refund.turn + 1, queries: refund.queries + 1, nextActionAt: this.#takeoverAt() };
      const { record } = await this.#take(tx, refund, 'Asked', 'OUTCOME_OPEN', {}, patch);
      return { call: 'ask', refund: record };
    });
  }

  /** Records what the bank said, with the event that follows; returns the call that has to be made at once, where there is one. */
  record(inHand: Refund, answer: BankAnswer): Promise<RefundWork | undefined> {
    const { causationId, traceparent } = inHand;
    return this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId, traceparent: traceparent ?? undefined }, async (tx) => {
      const refund = await this.#locked(tx, inHand.refundId);
      if (!refund) return undefined;
      const isFinal = answer.outcome === 'paid' || answer.outcome === 'refused';
      // A final answer counts whoever brings it; what else a worker learnt is worth nothing once another one has gone on.
      if (!isFinal && (refund.turn !== inHand.turn || !refund.live)) return undefined;
      return this.#said(tx, refund, answer);
    });
  }

  /** The statement shows its debit: an open refund has been sent; one that the bank has refused is a contradiction, and no other refund of its line goes out. */
  shown(refundId: string, { lineId: debitLineId, valueOn, bankReference }: RefundDebit): Promise<void> {
    return this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: newId() }, async (tx) => {
      const refund = await this.#locked(tx, refundId);
      if (!refund || !SHOWN_IN.includes(refund.status)) return;
      if (!(await tx.query(SHOWN, [refundId, debitLineId, this.clock.now()])).rowCount) return;
      const patch = { nextActionAt: null, bankReference: refund.bankReference ?? bankReference };
      const { row } = await this.#take(tx, refund, 'Shown', 'PAID', { debitLineId }, patch);
      const { lineId } = refund;
      if (row) tx.emit(new RefundAnswered({ storyId: lineId, lineId, refundId, outcome: 'refunded', bankReference: patch.bankReference, refundedOn: valueOn }));
      else this.logger.error({ refundId, debitLineId }, 'the statement shows a refund that the bank has refused: a person has to look');
    });
  }

  async #said(tx: EventTransaction, refund: LockedRefund, answer: BankAnswer): Promise<RefundWork | undefined> {
    const { refundId, status } = refund;
    const { signal, contradicts } = signalOf(answer.outcome, refund.bankReference !== null);
    const reason = answer.outcome === 'refused' ? answer.reasonCode : (answer.detail ?? signal.toUpperCase());
    const { record, row } = await this.#take(tx, refund, TRIGGER_OF[signal], reason, { outcome: answer.outcome }, this.#patchOf(refund, answer, signal));
    if (contradicts || (!row && answer.outcome !== finalOutcome(refund)))
      this.logger.error({ refundId, status, outcome: answer.outcome }, 'the bank contradicts itself about a refund: a person has to look');
    if (!row) return undefined;
    if (row.emits.length > 0) this.#tell(tx, refund, answer);
    return signal === 'never_seen' ? this.#send(tx, { ...refund, ...record }) : undefined;
  }

  #tell(tx: EventTransaction, { refundId, lineId }: Refund, answer: BankAnswer): void {
    const about = { storyId: lineId, lineId, refundId };
    if (answer.outcome === 'paid') {
      const refundedOn = businessDate(answer.paidAt);
      tx.emit(new RefundAnswered({ ...about, outcome: 'refunded', bankReference: answer.bankReference, refundedOn }));
    } else if (answer.outcome === 'refused') tx.emit(new RefundAnswered({ ...about, outcome: 'refused', reasonCode: answer.reasonCode }));
    else tx.emit(new RefundAnswered({ ...about, outcome: 'unknown' }));
  }

  #patchOf(refund: Refund, answer: BankAnswer, signal: BankOutcome): Partial<Refund> {
    // The bank's name of the refund is for good once it is known.
    const bankReference = refund.bankReference ?? answer.bankReference;
    if (answer.outcome === 'refused') return { nextActionAt: null, reasonCode: answer.reasonCode, bankReference };
    if (answer.outcome === 'paid') return { nextActionAt: null, bankReference };
    if (signal === 'never_seen') return { nextActionAt: this.#takeoverAt() };
    const ladder = policyOf(refund.policyVersion).payment.unknownQuerySeconds;
    return { nextActionAt: nextQueryAt(this.clock.now(), refund.queries, ladder), bankReference };
  }

  /** The order goes out to the account that the money came from, and to no other. */
  async #send(tx: EventTransaction, refund: LockedRefund): Promise<RefundWork | undefined> {
    const payer = this.#payerOf(refund);
    if (!payer) return this.#notSent(tx, refund);
    const patch = { turn: refund.turn + 1, sends: refund.sends + 1, nextActionAt: this.#takeoverAt() };
    const { record } = await this.#take(tx, refund, 'Sent', refund.sends === 0 ? 'RETURNED' : 'NEVER_SEEN', {}, patch);
    return { call: 'send', refund: record, payer };
  }

  async #notSent(tx: EventTransaction, refund: Refund): Promise<undefined> {
    const { refundId, lineId } = refund;
    await this.#take(tx, refund, 'NotSent', NO_ACCOUNT, {}, { nextActionAt: null, reasonCode: NO_ACCOUNT });
    tx.emit(new RefundAnswered({ storyId: lineId, lineId, refundId, outcome: 'refused', reasonCode: NO_ACCOUNT }));
    this.logger.warn({ refundId, reason: NO_ACCOUNT }, 'a refund is not sent');
  }

  #take(
    tx: EventTransaction,
    refund: Refund,
    trigger: RefundTrigger,
    reason: string,
    evidence: Readonly<Record<string, unknown>>,
    patch: Partial<Refund>,
  ): Promise<StepOutcome<Refund, RefundStatus, RefundTrigger, RefundEvent>> {
    return this.#step.take(tx, refund, { trigger, reason, evidence }, () => patch, NEVER);
  }

  async #locked(tx: EventTransaction, refundId: string): Promise<LockedRefund | undefined> {
    return (await tx.query<LockedRefund & Record<string, unknown>>(this.#lock, [refundId])).rows[0];
  }

  /** A party that was changed, or that the bank has shown without an account, is nobody's account (SEC-10). */
  #payerOf({ party, lenderAccount, originalReference }: LockedRefund): Payer | undefined {
    if (party === null) return undefined;
    try {
      const { fields } = openRecord(LINE_PARTIES, party, this.cipher);
      const [name, account] = [fields['party_name']!, fields['party_account']!];
      return name.trim() !== '' && ACCOUNT.test(account) ? { name, account, lenderAccount, originalReference } : undefined;
    } catch (error) {
      if (error instanceof BrokenSealError) return undefined;
      throw error;
    }
  }

  #takeoverAt(): Date {
    return new Date(this.clock.now().getTime() + TAKEOVER_MS);
  }
}

/** What the bank has said for good of a refund that has ended; undefined where it was never asked to. */
function finalOutcome({ status }: Refund): BankOutcome | undefined {
  if (status === 'REFUNDED') return 'paid';
  return status === 'REFUSED' ? 'refused' : undefined;
}
