import type { EngineSampleAnswer, SampleFindingAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { EngineSample } from './engine-sample.js';
import { SampleFindingDto, SamplePeriodDto } from './sample.dto.js';

@Controller()
export class SampleController {
  constructor(@Inject(EngineSample) private readonly sample: EngineSample) {}

  @Put('loan-applications/:applicationId/sample-findings/:findingId')
  find(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('findingId', ParseUUIDPipe) findingId: string,
    @Body() body: SampleFindingDto,
  ): Promise<SampleFindingAnswer> {
    return this.sample.find(principal, applicationId.toLowerCase(), findingId.toLowerCase(), body);
  }

  @Get('reports/engine-sample')
  figures(@CurrentPrincipal() principal: Principal, @Query() period: SamplePeriodDto): Promise<EngineSampleAnswer> {
    return this.sample.figures(principal, period);
  }
}
