import type { Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { ProcessStep, type StepCause, type StepOutcome } from '@millrace/process';
import { CLOCK, Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { CreditDispute } from './credit-dispute.entity.js';
import { DISPUTE_PROCESS, DISPUTE_SUBJECT, type DisputeEvent, type DisputeStatus, type DisputeTrigger } from './dispute-process.js';

/** What is known of a dispute before its first step. */
export type DisputeDraft = Omit<
  CreditDispute,
  | 'liftId'
  | 'reasonCode'
  | 'correctionId'
  | 'letterId'
  | 'closedOn'
  | 'status'
  | 'live'
  | 'createdAt'
  | 'deadlineAt'
  | 'updatedAt'
  | 'historySeq'
  | 'historyHead'
>;

/** Reads disputes, and is the ONE place that changes them, with their sealed histories (R-OP-09). */
@Injectable()
export class RecordDispute {
  readonly #select: string;
  readonly #step: ProcessStep<CreditDispute, 'disputeId', DisputeStatus, DisputeTrigger, DisputeEvent>;

  constructor(
    @Inject(Database) database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    // Days as text, as a Date would be moved by the time zone of the machine.
    const days = 'c.as_of::text as "asOf", c.received_on::text as "receivedOn", c.due_on::text as "dueOn", c.closed_on::text as "closedOn"';
    this.#select = `select ${database.columns(CreditDispute, 'c')}, ${days} from credit_dispute c where`;
    this.#step = new ProcessStep(DISPUTE_PROCESS, DISPUTE_SUBJECT, database.repository(CreditDispute).metadata.columns, clock);
  }

  /** Writes a new dispute; false where another one of the same report is open. */
  async begin(tx: EventTransaction, draft: DisputeDraft, overAt: Date): Promise<boolean> {
    const { reportId, asOf, ground, receivedOn, dueOn } = draft;
    const cause = { trigger: 'Opened', reason: ground.toUpperCase(), evidence: { reportId, asOf, receivedOn, dueOn } } as const;
    return (await this.#step.begin(tx, { ...draft, createdAt: this.clock.now() }, cause, () => overAt)) !== undefined;
  }

  /** Takes a step of a dispute that is locked. No status after the first has a deadline of its own. */
  take(
    tx: EventTransaction,
    dispute: CreditDispute,
    cause: StepCause<DisputeTrigger>,
    patch: Partial<CreditDispute> = {},
  ): Promise<StepOutcome<CreditDispute, DisputeStatus, DisputeTrigger, DisputeEvent>> {
    return this.#step.take(
      tx,
      dispute,
      cause,
      () => patch,
      () => null,
    );
  }

  async find(tx: EventTransaction, disputeId: string): Promise<CreditDispute | undefined> {
    return (await tx.query<CreditDispute & Record<string, unknown>>(`${this.#select} c.dispute_id = $1`, [disputeId])).rows[0];
  }

  async locked(tx: EventTransaction, disputeId: string): Promise<CreditDispute | undefined> {
    return (await tx.query<CreditDispute & Record<string, unknown>>(`${this.#select} c.dispute_id = $1 for no key update`, [disputeId])).rows[0];
  }

  /** Some disputes whose days are over without an answer, locked; those that others have in hand are passed over. */
  async lockedOver(tx: EventTransaction, now: Date, most: number): Promise<CreditDispute[]> {
    const sql = `${this.#select} c.deadline_at <= $1 order by c.deadline_at limit $2 for no key update skip locked`;
    return (await tx.query<CreditDispute & Record<string, unknown>>(sql, [now, most])).rows;
  }
}
