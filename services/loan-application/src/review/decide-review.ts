import { type Clock } from '@millrace/contracts';
import { codeForEvents, meansFraud, reviewReasonsOf, toldOfRefusal } from '@millrace/reasons';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, Database, notFound, Problem, requireRole, type Principal } from '@millrace/service';
import { commentHash, decideTask, markApplied, TaskRefused } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { DecideAppeal } from '../appeal/decide-appeal.js';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import type { Change } from '../application/application-change.js';
import type { Application, Decision } from '../application/application.entity.js';
import { LoanApplicationConfig } from '../config.js';
import { AdvanceDrawdown, drawdownWrongStatus } from '../drawdown/advance-drawdown.js';
import { LookAgain } from '../drawdown/look-again.js';
import type { DrawdownFile } from '../drawdown/drawdown-change.js';
import { insertOffer } from '../offer/insert-offer.js';
import { makeOffer, offerRulesOf, type OfferDraft } from '../offer/make-offer.js';
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
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly drawdowns: AdvanceDrawdown,
    private readonly appeals: DecideAppeal,
    private readonly payment: LookAgain,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `SOD_VIOLATION`, `ALREADY_DECIDED`, `WRONG_STATUS` and what {@link approvalObstacle} names. */
  async decide(principal: Principal, reviewTaskId: string, decisionId: string, body: DecideReviewDto): Promise<void> {
    const task = await this.db.repository(ReviewTask).findOneBy({ reviewTaskId, tenantId: principal.tenantId });
    if (principal.kind !== 'staff' || !task) throw notFound('review task');
    requireRole(principal, REVIEW_KINDS[task.stage].roles[0]!);
    refuseUnknownReason(task.stage, body);
    try {
      await this.runner.runInTurn(task.applicationId, contextOf(principal), (tx) => this.#decide(tx, principal, task, decisionId, body));
    } catch (error) {
      if (error instanceof TaskRefused && error.code === 'SOD_VIOLATION') return this.#refuseDependent(principal, task);
      refuseTask(error);
    }
  }

  /** The attempt itself goes into the history (platform.sod.violation_blocked, R-OP-06). */
  async #refuseDependent(principal: Principal, { applicationId, reviewTaskId, stage }: ReviewTask): Promise<never> {
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) =>
      this.advance.note(tx, await this.advance.lockKnown(tx, applicationId), 'SodViolationBlocked', 'SOD_VIOLATION', { reviewTaskId, stage }),
    );
    throw new Problem({
      status: 403,
      code: 'SOD_VIOLATION',
      title: 'You made this application, look after the firm or decided another stage of it, so you may not decide here.',
      detail: 'Another person with the role has to decide.',
    });
  }

  async #decide(
    tx: EventTransaction,
    principal: Principal,
    { applicationId, reviewTaskId }: ReviewTask,
    decisionId: string,
    body: DecideReviewDto,
  ): Promise<void> {
    const now = this.clock.now();
    const application = await this.advance.lockKnown(tx, applicationId);
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
    const offer = decision === 'approve' ? this.#approvedOffer(application, task, drawdown, now) : undefined;
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
      if (decision === 'approve') await this.payment.goOnCleared(tx, applicationId);
      return;
    }
    await this.advance.advance(tx, application, {
      trigger,
      reason: reasonCode,
      evidence: { ...evidence, ...(offer ? { offerId: offer.offerId, amountMinor: offer.amountMinor } : {}) },
      patch: this.#patch(application, task, body, offer, now),
      decided,
      confirmedFraud,
      ...(offer ? { offer } : {}),
    });
    if (offer) await insertOffer(tx, applicationId, offer);
    if (decision === 'reject' && confirmedFraud) await markFirm(tx, application, reasonCode, now);
  }

  /** Checks that the approval is within what one person may do, and makes the offer that an approval of the loan leads to. */
  #approvedOffer(
    application: Application,
    task: Pick<ReviewTask, 'stage' | 'tier' | 'figures'>,
    drawdown: DrawdownFile | undefined,
    now: Date,
  ): OfferDraft | undefined {
    const { verification, score, tenorMonths, repaymentMethod, productTerms: product, signBefore } = application;
    const obstacle = approvalObstacle({
      stage: task.stage,
      tier: task.tier,
      hasFacts: Boolean(verification?.facts),
      hasScore: score !== null,
      isAccountRefused: drawdown?.refusedPayeeRecordIds.includes(drawdown.payeeRecordId) ?? false,
    });
    if (obstacle) throw new Problem({ status: 409, ...obstacle });
    if (task.stage !== 'approval' || !score) return undefined;
    const amountMinor = BigInt(String(task.figures.proposedAmountMinor));
    const { offer, overCap } = makeOffer(
      {
        ...{ amountMinor, rateBps: score.rateBps, tenorMonths, repaymentMethod, product, signBefore },
        ...{ lenderName: this.config.lenderName, scoredAt: new Date(score.scoredAt) },
      },
      offerRulesOf(application.policyVersion, now),
      now,
    );
    if (offer.expiresAt <= now)
      throw new Problem({
        status: 409,
        code: 'SCORE_TOO_OLD',
        title: 'The score is too old to carry an offer.',
        detail: 'The application can only be rejected; the firm may apply again and is scored anew.',
      });
    if (overCap)
      throw new Problem({
        status: 409,
        code: 'ALL_IN_COST_OVER_CAP',
        title: 'All costs together are above the cap on the annual rate.',
        detail: 'The offer may not be made; the application can only be rejected.',
      });
    return offer;
  }

  #patch(
    application: Application,
    task: Pick<ReviewTask, 'stage' | 'reasons'>,
    { decision, reasonCode }: DecideReviewDto,
    offer: OfferDraft | undefined,
    now: Date,
  ): NonNullable<Change['patch']> {
    const base = { tier: 'T1', stage: task.stage === 'appeal' ? 'approval' : task.stage, decidedAt: now.toISOString() } as const;
    if (decision === 'reject') {
      const declined: Decision = { ...base, outcome: 'declined', amountMinor: null, rateBps: null, reasons: [toldOfRefusal(reasonCode)] };
      return { decision: declined };
    }
    if (task.stage === 'verification') return { verification: { ...application.verification!, clearedByPerson: true } };
    return offer ? { decision: { ...base, outcome: 'approved', amountMinor: offer.amountMinor, rateBps: offer.rateBps, reasons: task.reasons } } : {};
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
