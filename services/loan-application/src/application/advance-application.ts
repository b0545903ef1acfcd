import type { ApplicationStatus, Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { deadlineOf, ImpossibleStepError, ProcessStep, START, type StepOutcome, type SubjectDraft } from '@millrace/process';
import { CLOCK, Database, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { EntryRefusal } from '../entry/entry-knock-outs.js';
import { APPLICATION_PROCESS, type ApplicationEvent, type ApplicationTrigger } from '../process/application-process.js';
import type { StepEvidence } from '../process/step-evidence.js';
import { writeReviewStep } from '../review-task/write-review-task.js';
import type { Change, Outcome, Submission } from './application-change.js';
import { Application } from './application.entity.js';
import { blockFirm } from './block-firm.js';
import { buildEvents } from './build-events.js';
import { insertConsents } from './insert-consents.js';
import { insertGuarantors } from '../guarantor/insert-guarantors.js';
import { MeasureDecisions } from './measure-decisions.js';

/** Where applications and their histories are. */
export const APPLICATION_SUBJECT = { table: 'application', idColumn: 'application_id', id: 'applicationId' } as const;

/** The ONE place that changes an application: lock the row, ask the process table, write state and history, emit (R-OP-09). */
@Injectable()
export class AdvanceApplication {
  readonly #columns: string;
  readonly #step: ProcessStep<Application, 'applicationId', ApplicationStatus, ApplicationTrigger, ApplicationEvent>;

  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly decisions: MeasureDecisions,
  ) {
    // The entity is the one list of columns: rows read by hand have the same shape as those of the repository.
    this.#columns = db.columns(Application, 'application');
    this.#step = new ProcessStep(APPLICATION_PROCESS, APPLICATION_SUBJECT, db.repository(Application).metadata.columns, clock);
  }

  /** Starts an application; false where its id, or a live application of the same firm and product, is there already. Columns that the draft leaves out are null. */
  async start(tx: EventTransaction, draft: SubjectDraft<Application>, submission: Submission, refused?: EntryRefusal): Promise<boolean> {
    const change: Change = {
      trigger: refused ? 'EntryRefused' : draft.renewsLoanId ? 'RenewalSubmitted' : 'Submitted',
      reason: refused?.reasons[0]?.code ?? 'SUBMITTED',
      evidence: {
        ...(refused ? { knockOuts: refused.reasons.map(({ code }) => code), tableSha256: refused.tableSha256 } : {}),
        ...(draft.renewsLoanId ? { loanId: draft.renewsLoanId } : {}),
        contentSha256: draft.contentSha256,
        consents: [submission, ...(submission.guarantors ?? [])].flatMap(({ consents }) => consents.map(({ consentId, type }) => ({ consentId, type }))),
      },
    };
    const begun = await this.#step.begin(tx, draft, change, this.#deadlineOf(draft, change), [
      insertConsents(draft, submission),
      ...(submission.guarantors?.length ? [insertGuarantors(draft.applicationId, submission.guarantors)] : []),
    ]);
    if (!begun) return false;
    for (const event of buildEvents(begun.emits, { application: begun.record, from: START, change, submission })) tx.emit(event);
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
  async advance(tx: EventTransaction, before: Application, change: Change): Promise<Outcome> {
    const outcome = await this.#take(tx, before, change);
    const { record: application, from, effect, row } = outcome;
    if (!row) return { application, effect };
    const review = await writeReviewStep(tx, APPLICATION_PROCESS, outcome, change);
    if (row.emits.includes('LoanApplicationRejected')) await blockFirm(tx, application, change, this.clock.now());
    for (const event of buildEvents(row.emits, { application, from, change, review })) tx.emit(event);
    this.decisions.note(tx, from, application);
    return { application, effect };
  }

  /** Adds to the history what is no step of the process: an offer shown, a decision that was refused for want of independence. */
  async note(tx: EventTransaction, application: Application, trigger: string, reason: string, evidence: StepEvidence = {}): Promise<void> {
    await this.#step.note(tx, application, trigger, reason, evidence);
  }

  async #take(
    tx: EventTransaction,
    before: Application,
    change: Change,
  ): Promise<StepOutcome<Application, ApplicationStatus, ApplicationTrigger, ApplicationEvent>> {
    try {
      return await this.#step.take(tx, before, change, () => change.patch ?? {}, this.#deadlineOf(before, change));
    } catch (error) {
      throw error instanceof ImpossibleStepError && error.byPerson ? wrongStatus(before.status) : error;
    }
  }

  /**
   * An offer says itself until when it stands; every other deadline is as long as the application's policy release has it. Whoever renews a loan has no time
   * after the maturity of that loan.
   */
  #deadlineOf(
    { policyVersion, signBefore }: Pick<Application, 'policyVersion'> & Partial<Pick<Application, 'signBefore'>>,
    { offer }: Change,
  ): (status: ApplicationStatus, at: Date) => Date | null {
    return (status, at) => {
      const rule = APPLICATION_PROCESS.rule(status);
      const deadline = rule.deadline && offer ? offer.expiresAt : deadlineOf(rule, at, policyOf(policyVersion).deadlines);
      return deadline && signBefore && rule.waitingFor === 'applicant' && signBefore < deadline ? signBefore : deadline;
    };
  }
}

/** What a caller can do, in words; the names of the process are the lender's own (T07). */
const ACTION_WORDS: Partial<Record<ApplicationTrigger, string>> = {
  Submitted: 'submit the application',
  OfferAccepted: 'accept the offer',
  OfferDeclined: 'decline the offer',
  Cancelled: 'withdraw the application',
  AppealRequested: 'appeal the refusal',
  InfoCorrected: 'correct what was declared',
  Supplemented: 'answer what the lender has asked',
  SupplementAsked: 'the lender’s question to the applicant',
  ReviewCleared: 'the lender’s approval',
  ReviewRejected: 'the lender’s refusal',
};

/** The answer to an action in a status that does not allow it. */
export function wrongStatus(status: ApplicationStatus): Problem {
  const actions = APPLICATION_PROCESS.possibleActions(status);
  const detail =
    actions.length > 0 ? `Possible now: ${actions.map((action) => ACTION_WORDS[action]).join(', ')}.` : 'No action of a person is possible in this status.';
  return new Problem({ status: 409, code: 'WRONG_STATUS', title: `The application is in status ${status}, which does not allow this.`, detail });
}
