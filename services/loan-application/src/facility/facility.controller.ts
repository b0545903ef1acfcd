import type { FacilityAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ReadApplications } from '../application/read-applications.js';
import { ChangeFacility } from './change-facility.js';
import { ChangeFacilityDto } from './facility.dto.js';

type ChangeRow = Omit<FacilityAnswer['changes'][number], 'changedAt'> & { readonly changedAt: Date };

const CHANGES = `select facility_change_id as "facilityChangeId", application_id as "applicationId", action, reason_code as "reasonCode", comment, actor_id as "changedBy",
  changed_at as "changedAt" from facility_change where tenant_id = $1 and uscc = $2 order by position`;

/** Whether the firm of an application may be paid, and who has said so (R-DB-01). */
@Controller('loan-applications/:applicationId')
export class FacilityController {
  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
    private readonly changeFacility: ChangeFacility,
  ) {}

  @Put('facility-changes/:facilityChangeId')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('facilityChangeId', ParseUUIDPipe) facilityChangeId: string,
    @Body() body: ChangeFacilityDto,
  ): Promise<FacilityAnswer> {
    await this.changeFacility.change(principal, applicationId, facilityChangeId, body);
    return this.show(principal, applicationId);
  }

  @Get('facility')
  async show(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<FacilityAnswer> {
    if (principal.kind !== 'staff') throw notFound('loan application');
    requireRight(principal, 'payout');
    const { tenantId, uscc } = await this.applications.find(principal, applicationId);
    const { rows } = await this.db.query<ChangeRow & Record<string, unknown>>(CHANGES, [tenantId, uscc]);
    const changes = rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }));
    return { uscc, status: changes.at(-1)?.action === 'freeze' ? 'FROZEN' : 'ACTIVE', changes };
  }
}
