import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KnownId } from '../access/path-id.js';
import { ReadTimeline } from './read-timeline.js';
import { TimelineDto } from './timeline.dto.js';

@ApiTags('Timeline')
@Controller('v1')
export class TimelineController {
  constructor(@Inject(ReadTimeline) private readonly timeline: ReadTimeline) {}

  @Get('loan-applications/:applicationId/timeline')
  @ApiOperation({
    summary: 'Every step of an application and its loan',
    description: 'With time, actor and reason; a step shows up a moment after it happened.',
  })
  @ApiOkResponse({ type: TimelineDto })
  ofApplication(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<TimelineDto> {
    return this.timeline.ofApplication(principal, applicationId);
  }

  @Get('loans/:loanId/timeline')
  @ApiOperation({ summary: 'Every step of a loan' })
  @ApiOkResponse({ type: TimelineDto })
  ofLoan(@CurrentPrincipal() principal: Principal, @KnownId('loanId') loanId: string): Promise<TimelineDto> {
    return this.timeline.ofLoan(principal, loanId);
  }
}
