import type { CreditCommitteeMinutesAnswer } from '@millrace/contracts/api';
import { ConflictDto, CurrentPrincipal, VoteDto, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { MotionDto } from './motion.dto.js';
import { SpeakInCreditCommittee } from './speak-in-credit-committee.js';

@Controller('loan-applications/:applicationId/committees/:taskId')
export class CreditCommitteeController {
  constructor(@Inject(SpeakInCreditCommittee) private readonly committee: SpeakInCreditCommittee) {}

  @Get()
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
  ): Promise<CreditCommitteeMinutesAnswer> {
    return this.committee.minutes(principal, applicationId, taskId);
  }

  @Put('votes/:voteId')
  vote(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
    @Param('voteId', ParseUUIDPipe) voteId: string,
    @Body() body: VoteDto,
  ): Promise<CreditCommitteeMinutesAnswer> {
    return this.committee.vote(principal, applicationId, taskId, voteId.toLowerCase(), body);
  }

  @Put('conflicts/:conflictId')
  conflict(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
    @Body() body: ConflictDto,
  ): Promise<CreditCommitteeMinutesAnswer> {
    return this.committee.conflict(principal, applicationId, taskId, body);
  }

  @Put('motions/:motionId')
  move(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
    @Param('motionId', ParseUUIDPipe) motionId: string,
    @Body() body: MotionDto,
  ): Promise<CreditCommitteeMinutesAnswer> {
    return this.committee.move(principal, applicationId.toLowerCase(), taskId, motionId.toLowerCase(), body);
  }

  @Put('conclusions/:conclusionId')
  conclude(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
  ): Promise<CreditCommitteeMinutesAnswer> {
    return this.committee.conclude(principal, applicationId, taskId);
  }
}
