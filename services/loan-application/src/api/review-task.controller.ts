import { REVIEW_STAGES, type ReviewStage } from '@millrace/contracts';
import {
  sent,
  type AnswerOf,
  type Exactly,
  type REVIEW_TASK,
  type REVIEW_TASK_LIST,
  type ReviewHolderAnswer,
  type ReviewReasonsAnswer,
  type ReviewTaskAnswer,
  type ReviewTaskFileAnswer,
  type Sent,
  type TaskFiguresAnswer,
} from '@millrace/contracts/api';
import { reviewReasonsOfStages } from '@millrace/reasons';
import { CurrentPrincipal, Database, hasRight, notFound, requireRight, type Principal } from '@millrace/service';
import { Body, Controller, Get, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { MoreThan } from 'typeorm';
import { Application } from '../application/application.entity.js';
import { readMarks } from '../application/firm-watch.js';
import { requestedTerms } from './application-view.js';
import { shownDecisionCode, shownFindings, shownReasons } from './shown-to.js';
import { DecideReview } from '../review/decide-review.js';
import { DecideReviewDto, DelegateReviewDto } from '../review/decide-review.dto.js';
import { HoldReview } from '../review/hold-review.js';
import { RequestSupplement } from '../review/request-supplement.js';
import { RequestSupplementDto } from '../supplement/supplement.dto.js';
import { ReviewTask } from '../review-task/review-task.entity.js';

class ListTasksDto {
  @IsOptional() @IsIn(['open', 'decided', 'closed']) status?: ReviewTask['status'];
  @IsOptional() @IsUUID() cursor?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

class ListReasonsDto {
  @IsOptional() @IsIn(REVIEW_STAGES) stage?: ReviewStage;
}

/** Stages whose figures are those of a score. */
const CREDIT_STAGES: ReadonlySet<ReviewStage> = new Set(['approval', 'visit', 'committee', 'appeal']);

/** A task as the viewer may see it: tasks of earlier versions hold fraud scores and findings. */
function shownTask(task: ReviewTask, viewer: Principal): Exactly<Sent<ReviewTask>, typeof REVIEW_TASK> {
  const { fraudScore: _, findings, ...figures } = task.figures as TaskFiguresAnswer & { readonly fraudScore?: unknown };
  const shown = findings ? { findings: shownFindings(findings, viewer) } : {};
  const forFraud = task.reasonCode !== null && shownDecisionCode(task.reasonCode, viewer) !== task.reasonCode;
  return {
    ...sent({ ...task }),
    reasons: shownReasons(task.reasons, viewer, 'review'),
    figures: hasRight(viewer, 'score') || !CREDIT_STAGES.has(task.stage) ? { ...figures, ...shown } : {},
    ...(forFraud ? { reasonCode: shownDecisionCode(task.reasonCode!, viewer), comment: null } : {}),
  };
}

/** The staff queue: oldest first. */
@Controller('review-tasks')
export class ReviewTaskController {
  constructor(
    private readonly db: Database,
    private readonly decideReview: DecideReview,
    private readonly holdReview: HoldReview,
    private readonly requestSupplement: RequestSupplement,
  ) {}

  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { status = 'open', cursor, limit = 50 }: ListTasksDto,
  ): Promise<AnswerOf<typeof REVIEW_TASK_LIST>> {
    requireRight(principal, 'reviewTask');
    const found = await this.db.repository(ReviewTask).find({
      where: { tenantId: principal.tenantId, status, ...(cursor ? { reviewTaskId: MoreThan(cursor) } : {}) },
      order: { reviewTaskId: 'ASC' },
      take: limit + 1,
    });
    const items = found.slice(0, limit);
    return { items: items.map((task) => shownTask(task, principal)), nextCursor: found.length > limit ? items.at(-1)!.reviewTaskId : null };
  }

  /** The task with the application's own figures beside it. */
  @Get(':reviewTaskId')
  async show(@CurrentPrincipal() principal: Principal, @Param('reviewTaskId', ParseUUIDPipe) reviewTaskId: string): Promise<ReviewTaskFileAnswer> {
    requireRight(principal, 'reviewTask');
    const task = await this.db.repository(ReviewTask).findOneBy({ reviewTaskId, tenantId: principal.tenantId });
    if (!task) throw notFound('review task');
    const application = await this.db.repository(Application).findOneByOrFail({ applicationId: task.applicationId });
    const { uscc, companyName, status, submittedAt } = application;
    return {
      ...shownTask(task, principal),
      watchMarks: await readMarks(this.db, application),
      application: { status, ...requestedTerms(application), company: { uscc, name: companyName }, submittedAt: submittedAt.toISOString() },
    };
  }

  @Put(':reviewTaskId/claims/:claimId')
  claim(@CurrentPrincipal() principal: Principal, @Param('reviewTaskId', ParseUUIDPipe) reviewTaskId: string): Promise<ReviewHolderAnswer> {
    return this.holdReview.claim(principal, reviewTaskId);
  }

  @Put(':reviewTaskId/releases/:releaseId')
  release(@CurrentPrincipal() principal: Principal, @Param('reviewTaskId', ParseUUIDPipe) reviewTaskId: string): Promise<ReviewHolderAnswer> {
    return this.holdReview.release(principal, reviewTaskId);
  }

  @Put(':reviewTaskId/delegations/:delegationId')
  delegate(
    @CurrentPrincipal() principal: Principal,
    @Param('reviewTaskId', ParseUUIDPipe) reviewTaskId: string,
    @Body() { to }: DelegateReviewDto,
  ): Promise<ReviewHolderAnswer> {
    return this.holdReview.delegate(principal, reviewTaskId, to);
  }

  @Put(':reviewTaskId/supplement-requests/:supplementRequestId')
  async askApplicant(
    @CurrentPrincipal() principal: Principal,
    @Param('reviewTaskId', ParseUUIDPipe) reviewTaskId: string,
    @Param('supplementRequestId', ParseUUIDPipe) supplementRequestId: string,
    @Body() body: RequestSupplementDto,
  ): Promise<ReviewTaskAnswer> {
    await this.requestSupplement.request(principal, reviewTaskId, supplementRequestId, body);
    return shownTask(await this.db.repository(ReviewTask).findOneByOrFail({ reviewTaskId }), principal);
  }

  @Put(':reviewTaskId/decisions/:decisionId')
  async decide(
    @CurrentPrincipal() principal: Principal,
    @Param('reviewTaskId', ParseUUIDPipe) reviewTaskId: string,
    @Param('decisionId', ParseUUIDPipe) decisionId: string,
    @Body() body: DecideReviewDto,
  ): Promise<ReviewTaskAnswer> {
    await this.decideReview.decide(principal, reviewTaskId, decisionId, body);
    return shownTask(await this.db.repository(ReviewTask).findOneByOrFail({ reviewTaskId }), principal);
  }
}

/** The catalogue of reasons that a person may give: code, what it means, what the applicant is told of it, and whether it counts as fraud. */
@Controller('review-reasons')
export class ReviewReasonController {
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() { stage }: ListReasonsDto): ReviewReasonsAnswer {
    requireRight(principal, 'reviewTask');
    const stages = stage ? [stage] : REVIEW_STAGES;
    return { items: reviewReasonsOfStages(stages) };
  }
}
