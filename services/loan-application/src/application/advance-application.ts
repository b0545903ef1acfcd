import { newId, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { blockedUntil, policyOf } from '@millrace/policy';
import { CLOCK, Database, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { deadlineAt } from '../process/deadline.js';
import { consult, PERSON_TRIGGERS, possibleActions, statusRule, type ApplicationStatus, type ProcessRow, type Trigger } from '../process/loan-process.js';
import { writeReviewTask } from '../review/write-review-task.js';
import type { Change, Outcome, ReviewDraft, Submission } from './application-change.js';
import { Application } from './application.entity.js';
import { buildEvents } from './build-events.js';
import { EMPTY_CHAIN, sealRow, type HistoryRow } from './history-chain.js';
import { insertApplication } from './insert-application.js';
import { MeasureDecisions } from './measure-decisions.js';

/** One statement: the new state, its sealed history row, and the block of a refused firm. */
const STEP = `
with moved as (
  update application set status = $2, deadline_at = $3, updated_at = $4, history_seq = $5, history_head = $6,
    verification = coalesce($7, verification), score = coalesce($8, score), decision = coalesce($9, decision), contract_id = coalesce($10, contract_id),
    contract_sha256 = coalesce($11, contract_sha256), loan_id = coalesce($12, loan_id), failed_payout_id = coalesce($13, failed_payout_id), ordered_payout_id = coalesce($24, ordered_payout_id),
    payee_record_id = coalesce($25, payee_record_id), payee_account = coalesce($26, payee_account), refused_payee_record_ids = coalesce($27, refused_payee_record_ids),
    rejected_at = case when $2 = 'REJECTED' and status <> 'REJECTED' then $4 else rejected_at end
  where application_id = $1
), blocked as (
  insert into firm_block (tenant_id, uscc, blocked_until, recorded_at)
  select tenant_id, uscc, $14::timestamptz, $4::timestamptz from application where application_id = $1 and $14::timestamptz is not null
)
insert into application_history (application_id, seq, trigger, effect, status_from, status_to, actor_kind, actor_id, reason, evidence, causation_id, at, prev_sha256, row_sha256)
values ($1, $5, $15, $16, $17, $2, $18, $19, $20, $21, $22, $4, $23, $6)`;

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));

/** The ONE place that changes an application: lock the row, ask the process table, write state and history, emit (R-OP-09). */
@Injectable()
export class AdvanceApplication {
  readonly #columns: string;

  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly decisions: MeasureDecisions,
  ) {
    // The entity is the one list of columns: rows read by hand have the same shape as those of the repository.
    this.#columns = db.columns(Application, 'application');
  }

  /** Starts an application; false where its id, or a live application of the same firm and product, is there already. */
  async start(
    tx: EventTransaction,
    draft: Omit<Application, 'status' | 'deadlineAt' | 'updatedAt' | 'historySeq' | 'historyHead'>,
    submission: Submission,
  ): Promise<boolean> {
    const verdict = consult('NEW', 'Submitted');
    if (verdict.kind !== 'row') throw new Error('the process table has no start');
    const { next, emits } = verdict.row;
    const at = this.clock.now();
    const { deadline } = statusRule(next);
    const deadlineOn = deadline ? deadlineAt(deadline.name, at, policyOf(draft.policyVersion).deadlines) : null;
    const change: Change = {
      trigger: 'Submitted',
      reason: 'SUBMITTED',
      evidence: { contentSha256: draft.contentSha256, consents: submission.consents.map(({ consentId, type }) => ({ consentId, type })) },
    };
    const { actor, causationId } = tx.context;
    const entry: HistoryRow = {
      applicationId: draft.applicationId,
      seq: 1,
      effect: 'moved',
      statusFrom: 'NEW',
      statusTo: next,
      actor,
      causationId,
      at,
      ...change,
    };
    const seal = sealRow(entry, EMPTY_CHAIN);
    const application: Application = { ...draft, status: next, deadlineAt: deadlineOn, updatedAt: at, historySeq: 1, historyHead: seal };
    if (
      !(await insertApplication(tx, this.db.repository(Application).metadata.columns, application, submission, {
        ...entry,
        prevSha256: EMPTY_CHAIN,
        rowSha256: seal,
      }))
    )
      return false;
    for (const event of buildEvents(emits, { application, from: 'NEW', change, submission })) tx.emit(event);
    return true;
  }

  /**
   * Locks an application for the rest of the transaction; undefined where there is none. Its key never changes, so that a row that refers to it may be
   * written meanwhile: the shared lock of a reference and this one do not meet.
   */
  async lock(tx: EventTransaction, applicationId: string): Promise<Application | undefined> {
    const { rows } = await tx.query<Application>(`select ${this.#columns} from application where application_id = $1 for no key update`, [applicationId]);
    return rows[0];
  }

  /** Locks the application of an event; one that this service has never made means that somebody's books are wrong. */
  async lockKnown(tx: EventTransaction, applicationId: string): Promise<Application> {
    const application = await this.lock(tx, applicationId);
    if (!application) throw new Error(`there is no application ${applicationId}`);
    return application;
  }

  /** Locks applications whose deadline is over, leaving those that others work on; a signature that is under way is waited for. */
  async lockOverdue(tx: EventTransaction, limit: number): Promise<Application[]> {
    const { rows } = await tx.query<Application>(
      `select ${this.#columns} from application where deadline_at <= $1
         and not exists (select 1 from signature s where s.application_id = application.application_id and s.status = 'requested')
       order by deadline_at limit $2 for no key update skip locked`,
      [this.clock.now(), limit],
    );
    return rows;
  }

  /** Feeds a trigger to a locked application. An event that cannot be throws and gets parked; a person's wrong action is refused with `WRONG_STATUS`. */
  async advance(tx: EventTransaction, application: Application, change: Change): Promise<Outcome> {
    const verdict = consult(application.status, change.trigger);
    if (verdict.kind === 'impossible') throw this.#impossible(application.status, change.trigger);
    if (verdict.kind === 'ignore') {
      await this.#write(tx, application, application, change, 'ignored', { why: verdict.why });
      return { application, from: application.status, effect: 'ignored' };
    }
    return this.#follow(tx, application, verdict.row, change);
  }

  /** Adds to the history what is no step of the process: an offer shown, a decision that was refused for want of independence. */
  async note(tx: EventTransaction, application: Application, trigger: string, reason: string, evidence: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.#write(tx, application, application, { trigger: trigger as Trigger, reason, evidence }, 'noted');
  }

  async #follow(tx: EventTransaction, before: Application, row: ProcessRow, change: Change): Promise<Outcome> {
    const now = this.clock.now();
    const { deadline, review: stage } = statusRule(row.next);
    const enters = row.next !== before.status;
    const renews = enters || change.trigger === 'DeadlinePassed';
    const { deadlines } = policyOf(before.policyVersion);
    const newDueAt = deadline ? (change.offer?.expiresAt ?? deadlineAt(deadline.name, now, deadlines)) : null;
    const dueAt = renews ? newDueAt : before.deadlineAt;
    // Every order asks for a payout of its own, so that what comes back can be held against it.
    const patch = row.emits.includes('DisbursementRequested') ? { ...change.patch, orderedPayoutId: newId() } : change.patch;
    const after: Application = { ...before, ...patch, status: row.next, deadlineAt: dueAt, updatedAt: now };
    const review: ReviewDraft | undefined =
      stage && enters && dueAt
        ? {
            reviewTaskId: newId(),
            stage,
            tier: change.review?.tier ?? 'T1',
            reasons: change.review?.reasons ?? [],
            figures: change.review?.figures ?? {},
            dueAt,
          }
        : undefined;
    const effect = enters ? 'moved' : 'recorded';
    const block = enters && row.next === 'REJECTED' ? blockOf(after, change, now) : undefined;
    await this.#write(tx, before, after, patch ? { ...change, patch } : change, effect, { block });
    await this.#writeTasks(tx, before, after, change, review);
    for (const event of buildEvents(row.emits, { application: after, from: before.status, change, review })) tx.emit(event);
    this.decisions.note(tx, before.status, after);
    return { application: after, from: before.status, effect };
  }

  async #write(
    tx: EventTransaction,
    before: Application,
    after: Application,
    change: Change,
    effect: HistoryRow['effect'],
    { why, block }: { readonly why?: string; readonly block?: Date | undefined } = {},
  ): Promise<void> {
    const at = this.clock.now();
    const { actor, causationId } = tx.context;
    const evidence = why ? { ...change.evidence, ignoredBecause: why } : change.evidence;
    const seq = before.historySeq + 1;
    const entry: HistoryRow = {
      applicationId: before.applicationId,
      seq,
      trigger: change.trigger,
      effect,
      statusFrom: before.status,
      statusTo: after.status,
      actor,
      reason: change.reason,
      evidence,
      causationId,
      at,
    };
    const seal = sealRow(entry, before.historyHead);
    const patch = effect === 'moved' || effect === 'recorded' ? (change.patch ?? {}) : {};
    await tx.query(STEP, [
      before.applicationId,
      after.status,
      after.deadlineAt,
      at,
      seq,
      seal,
      json(patch.verification),
      json(patch.score),
      json(patch.decision),
      patch.contractId ?? null,
      patch.contractSha256 ?? null,
      patch.loanId ?? null,
      patch.failedPayoutId ?? null,
      block ?? null,
      change.trigger,
      effect,
      before.status,
      actor.kind,
      actor.id,
      change.reason,
      JSON.stringify(evidence),
      causationId,
      before.historyHead,
      patch.orderedPayoutId ?? null,
      patch.payeeRecordId ?? null,
      patch.payeeAccount ?? null,
      patch.refusedPayeeRecordIds ?? null,
    ]);
    // The same locked row may be noted on again in this transaction.
    Object.assign(after, { historySeq: seq, historyHead: seal });
  }

  /** A review task lives as long as the status that it belongs to; on the way of an application that no person looks at, nothing is sent. */
  async #writeTasks(tx: EventTransaction, before: Application, after: Application, change: Change, draft: ReviewDraft | undefined): Promise<void> {
    const at = after.updatedAt;
    if (statusRule(before.status).review) {
      if (after.status !== before.status) await writeReviewTask(tx, after, { kind: 'close' }, at);
      else if (change.trigger === 'DeadlinePassed') await writeReviewTask(tx, after, { kind: 'remind', dueAt: after.deadlineAt! }, at);
    }
    if (draft) await writeReviewTask(tx, after, { kind: 'open', draft }, at);
  }

  #impossible(status: ApplicationStatus, trigger: Trigger): Error {
    if (!(PERSON_TRIGGERS as readonly Trigger[]).includes(trigger)) return new Error(`${trigger} cannot happen to an application in ${status}`);
    return wrongStatus(status);
  }
}

/** Until when the firm of a refused application waits. */
function blockOf({ verification, policyVersion }: Application, change: Change, now: Date): Date | undefined {
  if (change.blockedUntil !== undefined) return change.blockedUntil ?? undefined;
  return blockedUntil({ verification, confirmedFraud: change.confirmedFraud ?? false }, policyOf(policyVersion).coolingOff, now);
}

/** What a caller can do, in words; the names of the process are the lender's own (T07). */
const ACTION_WORDS: Readonly<Record<(typeof PERSON_TRIGGERS)[number], string>> = {
  Submitted: 'submit the application',
  OfferAccepted: 'accept the offer',
  OfferDeclined: 'decline the offer',
  Cancelled: 'withdraw the application',
  ReviewCleared: 'the lender’s approval',
  ReviewRejected: 'the lender’s refusal',
};

/** The answer to an action in a status that does not allow it. */
export function wrongStatus(status: ApplicationStatus): Problem {
  const actions = possibleActions(status);
  const detail =
    actions.length > 0 ? `Possible now: ${actions.map((action) => ACTION_WORDS[action]).join(', ')}.` : 'No action of a person is possible in this status.';
  return new Problem({ status: 409, code: 'WRONG_STATUS', title: `The application is in status ${status}, which does not allow this.`, detail });
}
