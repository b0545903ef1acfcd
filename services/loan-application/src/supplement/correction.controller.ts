import type { CorrectionListAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { CorrectOnFile } from './correct-on-file.js';
import { CorrectOnFileDto } from './supplement.dto.js';

/** Corrections of what an applicant has declared, with what it was before. */
@Controller('loan-applications/:applicationId/corrections')
export class CorrectionController {
  constructor(private readonly corrections: CorrectOnFile) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<CorrectionListAnswer> {
    return this.corrections.list(principal, applicationId);
  }

  @Put(':correctionId')
  async correct(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('correctionId', ParseUUIDPipe) correctionId: string,
    @Body() body: CorrectOnFileDto,
  ): Promise<CorrectionListAnswer> {
    await this.corrections.correct(principal, applicationId, correctionId, body);
    return this.corrections.list(principal, applicationId);
  }
}
