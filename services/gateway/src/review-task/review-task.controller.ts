import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowedTo } from '../access/allowed-to.js';
import { KnownId, NewId } from '../access/path-id.js';
import { Upstream } from '../upstream/upstream.js';
import { DecideReviewDto, ListReviewTasksDto, ReviewTaskDto, ReviewTaskListDto } from './review-task.dto.js';

@ApiTags('Staff')
@Controller('v1/review-tasks')
@AllowedTo('staff')
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
  @AllowedTo('risk_officer', 'credit_approver', 'payment_officer')
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
