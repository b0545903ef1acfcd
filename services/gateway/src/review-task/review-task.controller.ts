import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KnownId, NewId } from '../access/path-id.js';
import { Upstream } from '../upstream/upstream.js';
import { DecideReviewDto, ListReviewReasonsDto, ListReviewTasksDto, ReviewReasonListDto, ReviewTaskDto, ReviewTaskListDto } from './review-task.dto.js';

@ApiTags('Staff')
@Controller('v1/review-tasks')
export class ReviewTaskController {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  @Get()
  @ApiOperation({ summary: 'The queue of the staff, oldest first' })
  @ApiOkResponse({ type: ReviewTaskListDto })
  list(@CurrentPrincipal() principal: Principal, @Query() query: ListReviewTasksDto): Promise<ReviewTaskListDto> {
    return this.upstream.get('loan-application', '/review-tasks', principal, query);
  }

  @Get(':reviewTaskId')
  @ApiOperation({ summary: 'One task, with the application beside it' })
  @ApiOkResponse({ type: ReviewTaskDto })
  show(@CurrentPrincipal() principal: Principal, @KnownId('reviewTaskId') reviewTaskId: string): Promise<ReviewTaskDto> {
    return this.upstream.get('loan-application', `/review-tasks/${reviewTaskId}`, principal);
  }

  /** Which of the roles a task needs depends on its stage, which loan-application knows. */
  @Put(':reviewTaskId/decisions/:decisionId')
  @ApiOperation({ summary: 'Decide a task', description: 'Verification: risk officer. Approval: credit approver. Disbursement: payment officer.' })
  @ApiOkResponse({ type: ReviewTaskDto })
  async decide(
    @CurrentPrincipal() principal: Principal,
    @KnownId('reviewTaskId') reviewTaskId: string,
    @NewId('decisionId') decisionId: string,
    @Body() body: DecideReviewDto,
  ): Promise<ReviewTaskDto> {
    return (await this.upstream.put<ReviewTaskDto>('loan-application', `/review-tasks/${reviewTaskId}/decisions/${decisionId}`, principal, body)).body;
  }
}

@ApiTags('Staff')
@Controller('v1/review-reasons')
export class ReviewReasonController {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  @Get()
  @ApiOperation({ summary: 'Reasons that a person may give for a decision, by stage' })
  @ApiOkResponse({ type: ReviewReasonListDto })
  list(@CurrentPrincipal() principal: Principal, @Query() query: ListReviewReasonsDto): Promise<ReviewReasonListDto> {
    return this.upstream.get('loan-application', '/review-reasons', principal, query);
  }
}
