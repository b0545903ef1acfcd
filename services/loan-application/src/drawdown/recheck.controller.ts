import type { RecheckListAnswer, RecheckRecordAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ReadApplications } from '../application/read-applications.js';

type RecordRow = Omit<RecheckRecordAnswer, 'at'> & { readonly at: Date };

const RECORDS = `select h.trigger, h.status_to as "statusTo", h.at, h.evidence -> 'recheck' as checks, a.policy_version as "policyVersion"
  from application a join drawdown d using (application_id) join drawdown_history h using (drawdown_id)
  where d.application_id = $1 and h.evidence ? 'recheck' order by h.seq`;
const DRAWN = 'select 1 from drawdown where application_id = $1';

/** What was looked at again before the money left, look by look (R-DB-01); it stands in the sealed history of the drawdown. */
@Controller('loan-applications/:applicationId/drawdown')
export class RecheckController {
  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
  ) {}

  /** A drawdown whose payment was ordered before there were re-checks has none, and says so. */
  @Get('rechecks')
  async list(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<RecheckListAnswer> {
    if (principal.kind !== 'staff') throw notFound('loan application');
    requireRight(principal, 'payout');
    const { renewsLoanId } = await this.applications.find(principal, applicationId);
    const drawn = await this.db.query(DRAWN, [applicationId]);
    if (!drawn.rowCount) throw notFound('drawdown');
    const { rows } = await this.db.query<RecordRow & Record<string, unknown>>(RECORDS, [applicationId]);
    const unchecked = rows.length > 0 ? null : renewsLoanId === null ? ('ordered_before' as const) : ('renewal' as const);
    return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), unchecked };
  }
}
