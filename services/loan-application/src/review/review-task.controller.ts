import { CurrentPrincipal, Database, notFound, Problem, type Principal } from '@millrace/service';
import { Body, Controller, Get, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { MoreThan } from 'typeorm';
import { Application } from '../application/application.entity.js';
import { DecideReview } from './decide-review.js';
import { DecideReviewDto } from './decide-review.dto.js';
import { ReviewTask } from './review-task.entity.js';

class ListTasksDto {
  @IsOptional() @IsIn(['open', 'decided', 'closed']) status?: ReviewTask['status'];
  @IsOptional() @IsUUID() cursor?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

function requireStaff({ kind }: Principal): void {
  if (kind !== 'staff') throw new Problem({ status: 403, code: 'FORBIDDEN', title: 'Review tasks are for staff.', detail: 'Use a staff token.' });
}

/** The staff queue: oldest first. */
@Controller('review-tasks')
export class ReviewTaskController {
  constructor(
    private readonly db: Database,
    private readonly decideReview: DecideReview,
  ) {}

  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { status = 'open', cursor, limit = 50 }: ListTasksDto,
  ): Promise<{ items: ReviewTask[]; nextCursor: string | null }> {
    requireStaff(principal);
    const found = await this.db.repository(ReviewTask).find({
      where: { tenantId: principal.tenantId, status, ...(cursor ? { reviewTaskId: MoreThan(cursor) } : {}) },
      order: { reviewTaskId: 'ASC' },
      take: limit + 1,
    });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? items.at(-1)!.reviewTaskId : null };
  }

  /** The task with the application's own figures beside it. */
  @Get(':reviewTaskId')
  async show(
    @CurrentPrincipal() principal: Principal,
    @Param('reviewTaskId', ParseUUIDPipe) reviewTaskId: string,
  ): Promise<ReviewTask & { application: object }> {
    requireStaff(principal);
    const task = await this.db.repository(ReviewTask).findOneBy({ reviewTaskId, tenantId: principal.tenantId });
    if (!task) throw notFound('review task');
    const { productCode, requestedAmountMinor, currency, tenorMonths, repaymentMethod, purpose, uscc, companyName, status, submittedAt } = await this.db
      .repository(Application)
      .findOneByOrFail({ applicationId: task.applicationId });
    return {
      ...task,
      application: {
        status,
        productCode,
        requestedAmountMinor,
        currency,
        tenorMonths,
        repaymentMethod,
        purpose,
        company: { uscc, name: companyName },
        submittedAt,
      },
    };
  }

  @Put(':reviewTaskId/decisions/:decisionId')
  async decide(
    @CurrentPrincipal() principal: Principal,
    @Param('reviewTaskId', ParseUUIDPipe) reviewTaskId: string,
    @Param('decisionId', ParseUUIDPipe) decisionId: string,
    @Body() body: DecideReviewDto,
  ): Promise<ReviewTask> {
    await this.decideReview.decide(principal, reviewTaskId, decisionId, body);
    return this.db.repository(ReviewTask).findOneByOrFail({ reviewTaskId });
  }
}
