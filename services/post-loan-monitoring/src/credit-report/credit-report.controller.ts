import type { CreditReportAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';

/** Reports and their corrections. */
const LIST = `
select r.report_id as "reportId", r.loan_id as "loanId", r.corrects, r.as_of::text as "asOf", coalesce(r.content ->> 'occasion', 'month_end') as occasion,
  (r.content ->> 'daysPastDue')::int as "daysPastDue",
  r.content ->> 'outstandingPrincipalMinor' as "outstandingPrincipalMinor", r.content ->> 'overdueMinor' as "overdueMinor", r.is_negative as negative,
  r.keep_until::text as "keepUntil", lower(d.state) as state, to_char(r.recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
from (
  select report_id, loan_id, as_of, content, is_negative, keep_until, recorded_at, null::uuid as corrects from credit_report where loan_id = $1
  union all
  select c.correction_id, c.loan_id, o.as_of, c.content, c.is_negative, c.keep_until, c.recorded_at, c.report_id from credit_correction c
    join credit_report o using (report_id) where c.loan_id = $1
) r join dispatch d on d.dispatch_id = r.report_id order by r.as_of desc, r.recorded_at desc limit 500`;

/** Reports of a loan to the credit bureau, for staff. */
@Controller('loans/:loanId/credit-reports')
export class CreditReportController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get()
  async list(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<{ items: CreditReportAnswer[] }> {
    requireRight(principal, 'loanChanges');
    visibleLoan(principal, await readAccount(this.database, loanId));
    return { items: (await this.database.query<CreditReportAnswer & Record<string, unknown>>(LIST, [loanId])).rows };
  }
}
