import type { SupplementListAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { AnswerSupplement } from './answer-supplement.js';
import { ReadSupplements } from './read-supplements.js';
import { AnswerSupplementDto } from './supplement.dto.js';

/** What an applicant is asked to correct or add, and its answers. */
@Controller('loan-applications/:applicationId/supplements')
export class SupplementController {
  constructor(
    private readonly supplements: ReadSupplements,
    private readonly answerSupplement: AnswerSupplement,
  ) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<SupplementListAnswer> {
    return this.supplements.list(principal, applicationId);
  }

  @Put(':supplementId')
  async answer(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('supplementId', ParseUUIDPipe) supplementId: string,
    @Body() body: AnswerSupplementDto,
  ): Promise<SupplementListAnswer> {
    await this.answerSupplement.answer(principal, applicationId, supplementId, body);
    return this.supplements.list(principal, applicationId);
  }
}
