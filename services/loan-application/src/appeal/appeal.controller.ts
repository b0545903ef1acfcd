import type { AppealAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { RequestAppealDto } from './appeal.dto.js';
import { ReadAppeals } from './read-appeals.js';
import { RequestAppeal } from './request-appeal.js';

/** The appeal of a refusal by the engine. */
@Controller('loan-applications/:applicationId')
export class AppealController {
  constructor(
    private readonly appeals: ReadAppeals,
    private readonly requestAppeal: RequestAppeal,
  ) {}

  @Get('appeal')
  show(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<AppealAnswer> {
    return this.appeals.show(principal, applicationId);
  }

  @Put('appeals/:appealId')
  async request(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('appealId', ParseUUIDPipe) appealId: string,
    @Body() body: RequestAppealDto,
  ): Promise<AppealAnswer> {
    await this.requestAppeal.request(principal, applicationId, appealId, body);
    return this.appeals.show(principal, applicationId);
  }
}
