import { type Clock } from '@millrace/contracts';
import { codeForEvents, meansFraud, reviewReasonsOf, toldOfRefusal } from '@millrace/reasons';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, Database, isCommittee, notFound, Problem, requireRole, type Principal } from '@millrace/service';
import { commentHash, decideTask, markApplied } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { DecideAppeal } from '../appeal/decide-appeal.js';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import type { Change } from '../application/application-change.js';
import type { Application, Decision } from '../application/application.entity.js';
import { ApprovalMatrix } from '../approval/approval-matrix.js';
import { approvedOffer, otherTenor } from '../approval/approved-offer.js';
import { LoanApplicationConfig } from '../config.js';
import { DUTY_OF_STAGE } from '../duty/duty-table.js';
import { SegregationOfDuties } from '../duty/segregation-of-duties.js';
import { AdvanceDrawdown, drawdownWrongStatus } from '../drawdown/advance-drawdown.js';
import { LookAgain } from '../drawdown/look-again.js';
import type { DrawdownFile } from '../drawdown/drawdown-change.js';
import { insertOffer } from '../offer/insert-offer.js';
import type { OfferDraft } from '../offer/make-offer.js';
import { ProductCatalogue } from '../product/product-catalogue.js';
import { claimRequest } from '../request/claim-request.js';
import type { DecideReviewDto } from './decide-review.dto.js';
import { approvalObstacle } from './review-policy.js';
import { refuseTask } from './refuse-task.js';
import { REVIEW_KINDS } from '../review-task/review.task.js';
import { markFirm } from '../application/firm-watch.js';
import { ReviewTask } from '../review-task/review-task.entity.js';
import type { StepEvidence } from '../process/step-evidence.js';

/** A person decides a review task: role, independence and authority checked, then the process goes on (R-UW-05, R-IT-06). */
@Injectable()
export class DecideReview {
  constructor(
    private readonly db: Database,
    private readonly advance: AdvanceApplication,
    private readonly drawdowns: AdvanceDrawdown,
    private readonly appeals: DecideAppeal,
    private readonly payment: LookAgain,
    private readonly matrix: ApprovalMatrix,
    private readonly catalogue: ProductCatalogue,
    private readonly duties: SegregationOfDuties,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `SOD_VIOLATION`, `ALREADY_DECIDED`, `WRONG_STATUS` and what {@link approvalObstacle} names. */
  async decide(principal: Principal, reviewTaskId: string, decisionId: string, body: DecideReviewDto): Promise<void> {
    const task = await this.db.repository(ReviewTask).findOneBy({ reviewTaskId, tenantId: principal.tenantId });
    if (principal.kind !== 'staff' || !task) throw notFound('review task');
    requireRole(principal, REVIEW_KINDS[task.stage].roles[0]!);
    refuseUnknownReason(task.stage, body);
    refuseIdleTerms(task.stage, body);
    if (isCommittee(REVIEW_KINDS[task.stage]))
      throw new Problem({
        status: 409,
        code: 'COMMITTEE_DECIDES',
        title: 'The credit committee decides on this application.',
        detail: 'Vote: PUT /v1/loan-applications/{applicationId}/committees/{reviewTaskId}/votes/{voteId}.',
      });
    const { applicationId, stage } = task;
    if (stage === 'visit' && body.decision === 'approve')
      throw new Problem({
        status: 409,
        code: 'VISIT_REPORT_NEEDED',
        title: 'A visit goes on by its report.',
        detail: 'The investigator reports it: PUT /v1/loan-applications/{applicationId}/visits/{visitId}/reports/{reportId}.',
      });
    await this.duties
      .guard(principal, { applicationId, duty: DUTY_OF_STAGE[stage], reviewTaskId, stage }, (tx, application) =>
        this.#decide(tx, principal, application, task, decisionId, body),
      )
      .catch(refuseTask);
  }

  async #decide(
    tx: EventTransaction,
    principal: Principal,
    application: Application,
    { applicationId, reviewTaskId }: ReviewTask,
    decisionId: string,
    body: DecideReviewDto,
  ): Promise<void> {
    const now = this.clock.now();
    if (!(await claimRequest(tx, principal, { resource: 'review decision', requestId: decisionId, applicationId, body: { reviewTaskId, ...body } }, now)))
      return;
    // Read again under the lock: another approver or the applicant may have been quicker.
    const { rows } = await tx.query<Pick<ReviewTask, 'status' | 'stage' | 'tier' | 'figures' | 'reasons'>>(
      'select status, stage, tier, figures, reasons from review_task where review_task_id = $1',
      [reviewTaskId],
    );
    const task = rows[0]!;
    if (task.status === 'decided')
      throw new Problem({ status: 409, code: 'ALREADY_DECIDED', title: 'The task is decided already.', detail: 'GET it to see by whom and how.' });
    const drawdown = task.stage === 'disbursement' ? await this.drawdowns.lockKnown(tx, applicationId) : undefined;
    if (task.status === 'closed') throw drawdown ? drawdownWrongStatus(drawdown.status) : wrongStatus(application.status);
    const { decision, reasonCode, comment } = body;
    const by = { name: principal.id, roles: principal.roles };
    const saying = { decision, parameters: {}, reason: reasonCode, comment, voteId: decisionId, by };
    const said = await decideTask(tx, REVIEW_KINDS[task.stage], reviewTaskId, saying, now);
    if (said.kind !== 'decided') throw new Error(`one person decides ${reviewTaskId}, and it is not decided`);
    await markApplied(tx, said.task, now);
    const offer = decision === 'approve' ? await this.#approvedOffer(application, task, body, drawdown, now) : undefined;
    const trigger = decision === 'approve' ? 'ReviewCleared' : 'ReviewRejected';
    const evidence: StepEvidence = { reviewTaskId, decisionId, stage: task.stage, tier: task.tier, commentSha256: commentHash(comment) };
    const decided = { reviewTaskId, decisionId, stage: task.stage, decision, staffId: principal.id, reasonCode: codeForEvents(reasonCode) };
    if (task.stage === 'appeal')
      return this.appeals.decide(tx, application, { decision, staffId: principal.id, change: { reason: reasonCode, evidence, decided } }, now);
    const confirmedFraud = meansFraud(reasonCode);
    if (drawdown) {
      const refusal = { stage: 'disbursement', decidedAt: now.toISOString(), reasons: [toldOfRefusal(reasonCode)] } as const;
      const refused = decision === 'reject' ? { patch: { refusal }, refused: { confirmedFraud } } : {};
      await this.drawdowns.advance(tx, drawdown, { trigger, reason: reasonCode, evidence, decided, ...refused });
      if (decision === 'approve') await this.payment.goOnCleared(tx, applicationId, reasonCode === 'FINDING_LOOKED_AT');
      return;
    }
    await this.advance.advance(tx, application, {
      trigger,
      reason: reasonCode,
      evidence: { ...evidence, ...(offer ? { offerId: offer.offerId, amountMinor: offer.amountMinor, ...otherTenor(application, offer) } : {}) },
      patch: this.#patch(application, task, body, offer, now),
      decided,
      confirmedFraud,
      ...(offer ? { offer } : {}),
    });
    if (offer) await insertOffer(tx, applicationId, offer);
    if (decision === 'reject' && confirmedFraud) await markFirm(tx, application, reasonCode, now);
  }

  /** Checks that the approval is within what one person may do, and makes the offer that an approval of the loan leads to. */
  async #approvedOffer(
    application: Application,
    task: Pick<ReviewTask, 'stage' | 'tier' | 'figures'>,
    { amountMinor, tenorMonths }: DecideReviewDto,
    drawdown: DrawdownFile | undefined,
    now: Date,
  ): Promise<OfferDraft | undefined> {
    const { verification, score } = application;
    const obstacle = approvalObstacle({
      stage: task.stage,
      tier: task.tier,
      hasFacts: Boolean(verification?.facts),
      hasScore: score !== null,
      isAccountRefused: drawdown?.refusedPayeeRecordIds.includes(drawdown.payeeRecordId) ?? false,
    });
    if (obstacle) throw new Problem({ status: 409, ...obstacle });
    if (task.stage !== 'approval' || !score) return undefined;
    const outcome = await approvedOffer(
      application,
      {
        proposedMinor: BigInt(String(task.figures.proposedAmountMinor)),
        amountMinor: amountMinor === undefined ? undefined : BigInt(amountMinor),
        tenorMonths,
      },
      {
        matrix: this.matrix,
        lenderName: this.config.lenderName,
        product: tenorMonths === undefined ? undefined : await this.catalogue.find(application.productCode),
      },
      now,
    );
    if ('obstacle' in outcome) throw new Problem({ status: 409, ...outcome.obstacle });
    return outcome.offer;
  }

  #patch(
    application: Application,
    task: Pick<ReviewTask, 'stage' | 'reasons'>,
    { decision, reasonCode }: DecideReviewDto,
    offer: OfferDraft | undefined,
    now: Date,
  ): NonNullable<Change['patch']> {
    const stage = task.stage === 'verification' || task.stage === 'disbursement' ? task.stage : 'approval';
    const base = { tier: 'T1', stage, decidedAt: now.toISOString() } as const;
    if (decision === 'reject') {
      const declined: Decision = { ...base, outcome: 'declined', amountMinor: null, rateBps: null, reasons: [toldOfRefusal(reasonCode)] };
      return { decision: declined };
    }
    if (task.stage === 'verification') return { verification: { ...application.verification!, clearedByPerson: true } };
    return offer
      ? {
          decision: {
            ...base,
            outcome: 'approved',
            amountMinor: offer.amountMinor,
            rateBps: offer.rateBps,
            ...otherTenor(application, offer),
            reasons: task.reasons,
          },
        }
      : {};
  }
}

/** A reason is one of the catalogue, for this stage and this decision: a free word would reach the applicant, and a typing error would change a block. */
function refuseUnknownReason(stage: ReviewTask['stage'], { decision, reasonCode }: DecideReviewDto): void {
  const allowed: string[] = reviewReasonsOf(stage, decision).map(({ code }) => code);
  if (allowed.includes(reasonCode)) return;
  throw new Problem({
    status: 400,
    code: 'REASON_UNKNOWN',
    title: 'There is no such reason for this decision.',
    detail: `To ${decision} at this stage, give one of: ${allowed.join(', ')}. GET /v1/review-reasons says what each one means.`,
    errors: [{ field: 'reasonCode', message: `must be one of: ${allowed.join(', ')}` }],
  });
}

/** Other terms belong to an approval of the loan by one person. */
function refuseIdleTerms(stage: ReviewTask['stage'], { decision, amountMinor, tenorMonths }: DecideReviewDto): void {
  if ((amountMinor === undefined && tenorMonths === undefined) || (stage === 'approval' && decision === 'approve')) return;
  throw new Problem({
    status: 409,
    code: 'TERMS_NOT_POSSIBLE',
    title: 'The loan cannot be approved on these terms.',
    detail: 'Amount and time are given with the approval of a loan by one approver, and with no other decision.',
  });
}
