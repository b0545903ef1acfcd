import { businessDate, newId, type Clock, type DrawdownStatus, type ReviewStage } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { deadlineOf, ImpossibleStepError, ProcessStep, type StatusRule, type StepOutcome } from '@millrace/process';
import { CLOCK, Database, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { blockFirm } from '../application/block-firm.js';
import type { Application } from '../application/application.entity.js';
import { AGREED_GUARANTEES } from '../guarantor/read-guarantors.js';
import { DRAWDOWN_PROCESS, type DrawdownEvent, type DrawdownTrigger } from '../process/drawdown-process.js';
import type { StepEvidence } from '../process/step-evidence.js';
import { writeReviewStep } from '../review-task/write-review-task.js';
import { buildDrawdownEvents } from './build-drawdown-events.js';
import type { DrawdownChange, DrawdownFile, DrawdownTerms } from './drawdown-change.js';
import { Drawdown } from './drawdown.entity.js';
import { writeAuthorisationStep } from './write-authorisation-step.js';
import { drawdownTerms, TERMS_COLUMNS } from './drawdown-terms.js';
import type { RecheckJudgement } from './recheck-policy.js';

/** Where drawdowns and their histories are. What is shown of an application is its drawdown too, so that each step dates the application as well. */
export const DRAWDOWN_SUBJECT = {
  table: 'drawdown',
  idColumn: 'drawdown_id',
  id: 'drawdownId',
  alongside: 'update application set updated_at = $5 where application_id = (select application_id from drawdown where drawdown_id = $1)',
} as const;

/** The process as far as one person reviews it; the authorisation by two has a task of its own. */
const REVIEWED = {
  rule(status: DrawdownStatus): StatusRule<ReviewStage> {
    const { task, ...rule } = DRAWDOWN_PROCESS.rule(status);
    return task === undefined || task === 'authorisation' ? rule : { ...rule, task };
  },
};

/** What the contract of a renewal says, and the application of the loan that is renewed. */
interface SignedRenewal extends Record<string, unknown> {
  readonly clauses: NonNullable<DrawdownTerms['clauses']> | null;
  readonly guarantees: NonNullable<DrawdownTerms['guarantees']> | null;
  readonly renewedApplicationId: string;
}

const RENEWAL = `
select c.clauses, (select ${AGREED_GUARANTEES} from application a where a.application_id = c.application_id) as guarantees, renewed.application_id as "renewedApplicationId"
from contract c, application renewed join drawdown d using (application_id)
where c.contract_id = $1 and renewed.tenant_id = $2 and renewed.uscc = $3 and d.loan_id = $4`;

/** The ONE place that changes a drawdown: lock the row, ask the process table, write state and history, emit (R-OP-09). */
@Injectable()
export class AdvanceDrawdown {
  readonly #select: string;
  readonly #step: ProcessStep<DrawdownFile, 'drawdownId', DrawdownStatus, DrawdownTrigger, DrawdownEvent>;

  constructor(
    db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#select = `select ${db.columns(Drawdown, 'd')}, ${TERMS_COLUMNS} from application a join drawdown d on d.application_id = a.application_id`;
    this.#step = new ProcessStep(DRAWDOWN_PROCESS, DRAWDOWN_SUBJECT, db.repository(Drawdown).metadata.columns, clock);
  }

  /**
   * Draws the whole amount of a contract that has been signed just now, or has it settle the loan that it renews; the application is locked.
   * @param signedAt when the last party has signed
   * @param judgement what speaks against the payment; of a renewal, whose money stays where it is, nothing is looked at
   */
  async start(tx: EventTransaction, application: Application, signedAt: Date, { verdict, lines }: RecheckJudgement): Promise<void> {
    const { applicationId, tenantId, uscc, productCode, currency, payeeRecordId, payeeAccount } = application;
    const { amountMinor, ...terms } = drawdownTerms(application);
    const ids = { drawdownId: newId(), loanId: newId(), orderedPayoutId: newId() };
    const draft = { ...ids, applicationId, tenantId, uscc, productCode, amountMinor, currency, payeeRecordId, payeeAccount, refusedPayeeRecordIds: [] };
    const { contractId, contractSha256 } = terms;
    const evidence: StepEvidence = { applicationId, contractId, contractSha256, loanId: ids.loanId, payoutId: ids.orderedPayoutId, amountMinor, payeeRecordId };
    const looked: StepEvidence = verdict === 'pass' ? { recheck: lines } : {};
    const renewal = terms.renewsLoanId === null ? undefined : await this.#renewalOf(tx, application, terms.renewsLoanId);
    const change: DrawdownChange = renewal
      ? {
          trigger: 'RenewalSigned',
          reason: 'SIGNED',
          evidence,
          signed: { signedOn: businessDate(signedAt), renewedApplicationId: renewal.renewedApplicationId },
        }
      : { trigger: verdict === 'pass' ? 'Requested' : 'RecheckNeeded', reason: 'SIGNED', evidence: { ...evidence, ...looked } };
    const begun = await this.#step.begin(tx, { ...draft, ...terms }, change, (status, at) =>
      deadlineOf(DRAWDOWN_PROCESS.rule(status), at, policyOf(terms.policyVersion).deadlines),
    );
    if (!begun) throw new Error(`there is a drawdown of application ${applicationId} already`);
    const drawdown = renewal ? { ...begun.record, clauses: renewal.clauses, guarantees: renewal.guarantees } : begun.record;
    for (const event of buildDrawdownEvents(begun.emits, { drawdown, change })) tx.emit(event);
  }

  /**
   * Locks the drawdown of an application, and the application before it, for the rest of the transaction; undefined where there is none. Whoever changes either takes
   * the lock of the application first, so that no two wait for each other.
   */
  async lock(tx: EventTransaction, applicationId: string): Promise<DrawdownFile | undefined> {
    const { rows } = await tx.query<DrawdownFile>(`${this.#select} where d.application_id = $1 for no key update of a, d`, [applicationId]);
    return rows[0];
  }

  /** Locks the drawdown of an event; where there is none, nothing was ordered, and somebody's books are wrong. */
  async lockKnown(tx: EventTransaction, applicationId: string): Promise<DrawdownFile> {
    const drawdown = await this.lock(tx, applicationId);
    if (!drawdown) throw new Error(`there is no drawdown of application ${applicationId}`);
    return drawdown;
  }

  /** Locks drawdowns whose deadline is over, leaving those that others work on. */
  async lockOverdue(tx: EventTransaction, limit: number): Promise<DrawdownFile[]> {
    const sql = `${this.#select} where d.deadline_at <= $1 order by d.deadline_at limit $2 for no key update of a, d skip locked`;
    return (await tx.query<DrawdownFile>(sql, [this.clock.now(), limit])).rows;
  }

  /** Feeds a trigger to a locked drawdown. An event that cannot be throws and gets parked; a person's wrong action is refused with `WRONG_STATUS`. */
  async advance(tx: EventTransaction, before: DrawdownFile, change: DrawdownChange): Promise<'moved' | 'recorded' | 'ignored'> {
    const outcome = await this.#take(tx, before, change);
    const { record: drawdown, effect, row } = outcome;
    if (!row) return effect;
    const review = await writeReviewStep(tx, REVIEWED, outcome, change);
    await writeAuthorisationStep(tx, outcome);
    if (change.refused && row.emits.includes('LoanApplicationRejected')) await this.#block(tx, drawdown, change.refused, change.reason);
    for (const event of buildDrawdownEvents(row.emits, { drawdown, change, review })) tx.emit(event);
    return effect;
  }

  /** Adds to the history what is no step of the process. */
  async note(tx: EventTransaction, drawdown: DrawdownFile, trigger: string, reason: string, evidence: StepEvidence = {}): Promise<void> {
    await this.#step.note(tx, drawdown, trigger, reason, evidence);
  }

  /** A renewal is booked by its first event, which tells what the contract says. */
  async #renewalOf(tx: EventTransaction, { tenantId, uscc, contractId }: Application, renewsLoanId: string): Promise<SignedRenewal> {
    const { rows } = await tx.query<SignedRenewal>(RENEWAL, [contractId, tenantId, uscc, renewsLoanId]);
    if (!rows[0]) throw new Error(`there is no loan ${renewsLoanId} of firm ${uscc}`);
    return rows[0];
  }

  async #take(
    tx: EventTransaction,
    before: DrawdownFile,
    change: DrawdownChange,
  ): Promise<StepOutcome<DrawdownFile, DrawdownStatus, DrawdownTrigger, DrawdownEvent>> {
    try {
      return await this.#step.take(
        tx,
        before,
        change,
        // Every order asks for a payout of its own, so that what comes back can be held against it.
        ({ emits }) => (emits.includes('DisbursementRequested') ? { ...change.patch, orderedPayoutId: newId() } : (change.patch ?? {})),
        (status, at) => deadlineOf(DRAWDOWN_PROCESS.rule(status), at, policyOf(before.policyVersion).deadlines),
      );
    } catch (error) {
      throw error instanceof ImpossibleStepError && error.byPerson ? drawdownWrongStatus(before.status) : error;
    }
  }

  async #block(
    tx: EventTransaction,
    drawdown: DrawdownFile,
    { verification, ...refusal }: NonNullable<DrawdownChange['refused']>,
    reason: string,
  ): Promise<void> {
    const { applicationId } = drawdown;
    const known =
      verification ??
      (await tx.query<Pick<Application, 'verification'>>('select verification from application where application_id = $1', [applicationId])).rows[0]!
        .verification;
    await blockFirm(tx, { ...drawdown, verification: known }, { ...refusal, reason }, this.clock.now());
  }
}

/** The answer to an action about the payment in a status that does not allow it. */
export function drawdownWrongStatus(status: DrawdownStatus): Problem {
  return new Problem({
    status: 409,
    code: 'WRONG_STATUS',
    title: `The drawdown is in status ${status}, which does not allow this.`,
    detail: DRAWDOWN_PROCESS.takes(status, 'AccountChanged')
      ? 'Possible now: name another account and sign the addendum, give the money up, or the lender’s decision.'
      : DRAWDOWN_PROCESS.isRevocable(status)
        ? 'Possible now: give the money up, or wait for the lender.'
        : 'No action of a person is possible in this status.',
  });
}
