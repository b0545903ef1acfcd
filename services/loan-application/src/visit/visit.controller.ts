import type { VisitListAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { Application } from '../application/application.entity.js';
import { findVisits, visitView } from './find-visits.js';
import { PlanVisit } from './plan-visit.js';
import { ReportVisit } from './report-visit.js';
import { PlanVisitDto, ReportVisitDto } from './visit.dto.js';

@Controller('loan-applications/:applicationId/visits')
export class VisitController {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(PlanVisit) private readonly planVisit: PlanVisit,
    @Inject(ReportVisit) private readonly reportVisit: ReportVisit,
  ) {}

  @Get()
  async list(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<VisitListAnswer> {
    requireRight(principal, 'reviewTask');
    const known = await this.db.repository(Application).findOneBy({ applicationId, tenantId: principal.tenantId });
    if (!known) throw notFound('application');
    return { items: (await findVisits(this.db, applicationId)).map(visitView) };
  }

  @Put(':visitId')
  async plan(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('visitId', ParseUUIDPipe) visitId: string,
    @Body() body: PlanVisitDto,
  ): Promise<VisitListAnswer> {
    await this.planVisit.plan(principal, applicationId, visitId.toLowerCase(), body);
    return this.list(principal, applicationId);
  }

  @Put(':visitId/reports/:reportId')
  async report(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('visitId', ParseUUIDPipe) visitId: string,
    @Param('reportId', ParseUUIDPipe) reportId: string,
    @Body() body: ReportVisitDto,
  ): Promise<VisitListAnswer> {
    await this.reportVisit.report(principal, applicationId, visitId, reportId.toLowerCase(), body);
    return this.list(principal, applicationId);
  }
}
