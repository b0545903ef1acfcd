import { ConflictDto, CurrentPrincipal, VoteDto, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { SpeakInCommittee, type CommitteeView } from './speak-in-committee.js';

@Controller('loans/:loanId/committees/:taskId')
export class CommitteeController {
  constructor(@Inject(SpeakInCommittee) private readonly committee: SpeakInCommittee) {}

  @Get()
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
  ): Promise<CommitteeView> {
    return this.committee.minutes(principal, loanId, taskId);
  }

  @Put('votes/:voteId')
  vote(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
    @Param('voteId', ParseUUIDPipe) voteId: string,
    @Body() body: VoteDto,
  ): Promise<CommitteeView> {
    return this.committee.vote(principal, loanId, taskId, voteId.toLowerCase(), body);
  }

  @Put('conflicts/:conflictId')
  conflict(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
    @Body() body: ConflictDto,
  ): Promise<CommitteeView> {
    return this.committee.conflict(principal, loanId, taskId, body);
  }

  @Put('conclusions/:conclusionId')
  conclude(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
  ): Promise<CommitteeView> {
    return this.committee.conclude(principal, loanId, taskId);
  }
}
