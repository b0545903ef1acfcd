import { businessDate, DirectDebitCollected, DirectDebitFailed, newId, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { nextQueryAt, policyOf } from '@millrace/policy';
import { ProcessStep, type StepOutcome } from '@millrace/process';
import type { CodeFor } from '@millrace/reasons';
import { BrokenSealError, CLOCK, Database, FieldCipher, LOGGER, type StoredRow } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { BankAnswer } from '../bank/bank-answer.js';
import { signalOf, type BankOutcome } from '../bank/bank-outcomes.js';
import { DisbursementConfig } from '../config.js';
import { openPayee, type Payee } from '../payee/payee-record.js';
import { accountOf } from '../bank/statement-accounts.js';
import { DEBIT_PROCESS, DEBIT_SUBJECT, type DebitEvent, type DebitStatus, type DebitTrigger } from './debit-process.js';
import { debitJob, TAKEOVER_MS } from './debit-turn.js';
import { DirectDebit } from './direct-debit.entity.js';

/** What the worker has to do next with the debit that it has in hand. */
export type DebitWork =
  | { readonly call: 'ask'; readonly debit: DirectDebit }
  | { readonly call: 'send'; readonly debit: DirectDebit; readonly payer: Payee; readonly receiverAccount: string };

/** `isReturned`: the payout of the loan has come back, so that nothing is owed of it. */
type LockedDebit = DirectDebit & { readonly payer: StoredRow | null; readonly isReturned: boolean };
type NotSentReason = Extract<CodeFor<'debit'>, `DEBIT_${string}`>;

/** What is known of an order before its first step. */
export type DebitDraft = Pick<
  DirectDebit,
  'debitId' | 'tenantId' | 'applicationId' | 'loanId' | 'payeeRecordId' | 'dueOn' | 'debitOn' | 'amountMinor' | 'currency'
> &
  Pick<DirectDebit, 'policyVersion' | 'causationId' | 'traceparent'>;

const TRIGGER_OF: Readonly<Record<BankOutcome, DebitTrigger>> = { paid: 'Collected', refused: 'Refused', unclear: 'Unclear', never_seen: 'NeverSeen' };

/** The end of a business day in Shanghai. */
const endOfDay = (day: string): Date => new Date(`${day}T23:59:59.999+08:00`);

/** The transactions around every call to the bank, and the ONE place that changes a debit: what is about to be done, and what came of it (M-EV-02, R-OP-09). */
@Injectable()
export class RecordDebit {
  readonly #lock: string;
  readonly #step: ProcessStep<DirectDebit, 'debitId', DebitStatus, DebitTrigger, DebitEvent>;

  constructor(
    @Inject(Database) database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(DisbursementConfig) private readonly config: DisbursementConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    // Days as text, as a Date would be moved by the time zone of the machine.
    this.#lock = `select ${database.columns(DirectDebit, 'd')}, d.due_on::text as "dueOn", d.debit_on::text as "debitOn", d.collected_on::text as "collectedOn", to_json(p.*) as payer,
  exists (select from payout o where o.loan_id = d.loan_id and o.status = 'RETURNED') as "isReturned" from direct_debit d
left join payee p on p.payee_record_id = d.payee_record_id and p.tenant_id = d.tenant_id and p.application_id = d.application_id
where d.direct_debit_id = $1 for no key update of d`;
    this.#step = new ProcessStep(DEBIT_PROCESS, DEBIT_SUBJECT, database.repository(DirectDebit).metadata.columns, clock);
  }

  /** Takes an order in, and queues its first turn; an order that is known already changes nothing. */
  async begin(tx: EventTransaction, draft: DebitDraft): Promise<void> {
    const now = this.clock.now();
    const counts = { sends: 0, queries: 0, turn: 0, nextActionAt: new Date(now.getTime() + TAKEOVER_MS), createdAt: now };
    const { loanId, dueOn, amountMinor } = draft;
    const cause = { trigger: 'Requested', reason: 'DUE', evidence: { loanId, dueOn, amountMinor } } as const;
    const begun = await this.#step.begin(tx, { ...draft, ...counts }, cause, () => endOfDay(draft.debitOn));
    if (begun) tx.addJob(...debitJob(draft.debitId, 0));
  }

  /** Takes a debit in hand and records the call before it is made; undefined where the turn is another worker's or nothing is left to do. */
  take(debitId: string, turn: number): Promise<DebitWork | undefined> {
    return this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: newId() }, async (tx) => {
      const debit = await this.#locked(tx, debitId);
      if (!debit || debit.turn !== turn || !debit.live) return undefined;
      if (debit.status === 'REQUESTED') return this.#send(tx, debit);
      const patch = { turn: debit.turn + 1, queries: debit.queries + 1, nextActionAt: this.#takeoverAt() };
      const { record } = await this.#take(tx, debit, 'Asked', 'OUTCOME_OPEN', {}, patch);
      return { call: 'ask', debit: record };
    });
  }

  /** Records what the bank said, with the event that follows; returns the call that has to be made at once, where there is one. */
  record(inHand: DirectDebit, answer: BankAnswer): Promise<DebitWork | undefined> {
    const { causationId, traceparent } = inHand;
    return this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId, traceparent: traceparent ?? undefined }, async (tx) => {
      const debit = await this.#locked(tx, inHand.debitId);
      if (!debit) return undefined;
      const isFinal = answer.outcome === 'paid' || answer.outcome === 'refused';
      // A final answer counts whoever brings it; what else a worker learnt is worth nothing once another one has gone on.
      if (!isFinal && (debit.turn !== inHand.turn || !debit.live)) return undefined;
      return this.#said(tx, debit, answer);
    });
  }

  async #said(tx: EventTransaction, debit: LockedDebit, answer: BankAnswer): Promise<DebitWork | undefined> {
    const { debitId, applicationId, loanId, amountMinor, currency } = debit;
    const { signal, contradicts } = signalOf(answer.outcome, debit.bankReference !== null);
    const reason = answer.outcome === 'refused' ? answer.reasonCode : (answer.detail ?? signal.toUpperCase());
    const { record, row } = await this.#take(tx, debit, TRIGGER_OF[signal], reason, { outcome: answer.outcome }, this.#patchOf(debit, answer, signal));
    if (contradicts || (!row && answer.outcome !== finalOutcome(debit)))
      this.logger.error({ debitId, status: debit.status, outcome: answer.outcome }, 'the bank contradicts itself about a direct debit: a person has to look');
    if (!row) return undefined;
    if (answer.outcome === 'paid')
      tx.emit(new DirectDebitCollected({ applicationId, loanId, debitId, amountMinor, currency, bankReference: answer.bankReference }));
    else if (answer.outcome === 'refused') tx.emit(new DirectDebitFailed({ applicationId, loanId, debitId, reasonCode: answer.reasonCode }));
    else if (signal === 'never_seen') return this.#send(tx, { ...debit, ...record });
    return undefined;
  }

  #patchOf(debit: DirectDebit, answer: BankAnswer, signal: BankOutcome): Partial<DirectDebit> {
    // The bank's name of the debit is for good once it is known.
    const bankReference = debit.bankReference ?? answer.bankReference;
    if (answer.outcome === 'refused') return { nextActionAt: null, reasonCode: answer.reasonCode, bankReference };
    if (answer.outcome === 'paid') return { nextActionAt: null, bankReference, collectedOn: businessDate(answer.paidAt) };
    if (signal === 'never_seen') return { nextActionAt: this.#takeoverAt() };
    const ladder = policyOf(debit.policyVersion).payment.unknownQuerySeconds;
    return { nextActionAt: nextQueryAt(this.clock.now(), debit.queries, ladder), bankReference };
  }

  /** The order goes out, where it may still go: on its day, from an account that is what was stored, to an account of the lender. */
  async #send(tx: EventTransaction, debit: LockedDebit): Promise<DebitWork | undefined> {
    const payer = this.#trusted(debit.payer);
    const receiverAccount = accountOf(this.config.statementAccounts, debit.tenantId);
    if (this.clock.now() > endOfDay(debit.debitOn)) return this.#notSent(tx, debit, 'DEBIT_NOT_SENT_IN_TIME');
    if (debit.isReturned) return this.#notSent(tx, debit, 'DEBIT_LOAN_RETURNED');
    if (!payer) return this.#notSent(tx, debit, 'DEBIT_ACCOUNT_UNKNOWN');
    if (receiverAccount === undefined) return this.#notSent(tx, debit, 'DEBIT_RECEIVER_UNKNOWN');
    const patch = { turn: debit.turn + 1, sends: debit.sends + 1, nextActionAt: this.#takeoverAt() };
    const { record } = await this.#take(tx, debit, 'Sent', debit.sends === 0 ? 'DUE' : 'NEVER_SEEN', {}, patch);
    return { call: 'send', debit: record, payer, receiverAccount };
  }

  async #notSent(tx: EventTransaction, debit: DirectDebit, reasonCode: NotSentReason): Promise<undefined> {
    const { debitId, applicationId, loanId } = debit;
    await this.#take(tx, debit, 'NotSent', reasonCode, {}, { nextActionAt: null, reasonCode });
    tx.emit(new DirectDebitFailed({ applicationId, loanId, debitId, reasonCode }));
    this.logger.warn({ debitId, reason: reasonCode }, 'a direct debit is not sent');
  }

  #take(
    tx: EventTransaction,
    debit: DirectDebit,
    trigger: DebitTrigger,
    reason: string,
    evidence: Readonly<Record<string, unknown>>,
    patch: Partial<DirectDebit>,
  ): Promise<StepOutcome<DirectDebit, DebitStatus, DebitTrigger, DebitEvent>> {
    const until = (status: DebitStatus): Date | null => (status === 'REQUESTED' ? endOfDay(debit.debitOn) : null);
    return this.#step.take(tx, debit, { trigger, reason, evidence }, () => patch, until);
  }

  async #locked(tx: EventTransaction, debitId: string): Promise<LockedDebit | undefined> {
    return (await tx.query<LockedDebit & Record<string, unknown>>(this.#lock, [debitId])).rows[0];
  }

  /** A record that was changed, or copied from another application's, is nobody's account (SEC-10); a key that is missing is trouble of the setting, and thrown. */
  #trusted(row: StoredRow | null): Payee | undefined {
    try {
      return row === null ? undefined : openPayee(row, this.cipher);
    } catch (error) {
      if (error instanceof BrokenSealError) return undefined;
      throw error;
    }
  }

  #takeoverAt(): Date {
    return new Date(this.clock.now().getTime() + TAKEOVER_MS);
  }
}

/** What the bank has said for good of a debit that has ended; undefined where it was never asked to. */
function finalOutcome({ status }: DirectDebit): BankOutcome | undefined {
  if (status === 'COLLECTED') return 'paid';
  return status === 'FAILED' ? 'refused' : undefined;
}
