import type { Clock } from '@millrace/contracts';
import { CLOCK, Database, MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { DisbursementConfig } from '../config.js';
import { statementAccounts } from '../bank/statement-accounts.js';

/** Of each lender the account that was not read for longest; one that was never read counts from the first day that is to be read. */
const LAST_READ = `
select tenant, max(seconds) as seconds from (
  select tenant_id as tenant, extract(epoch from $1::timestamptz - coalesce(max(last_read_at), min(day)::timestamp at time zone 'Asia/Shanghai'))::float8 as seconds
  from statement_day group by tenant_id, account) accounts group by tenant`;

/** How old what we know of the bank's account is, and where the bank contradicts itself. */
@Injectable()
export class WatchStatements {
  constructor(
    @Inject(MetricsRegistry) metrics: MetricsRegistry,
    @Inject(Database) database: Database,
    @Inject(DisbursementConfig) config: DisbursementConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    const tenants = new Set(statementAccounts(config.statementAccounts).map(({ tenantId }) => tenantId));
    metrics.gauges('millrace_statement_age_seconds', 'Time since the statement of the lender’s account was last read to its end.', ['tenant'], async () => {
      const { rows } = await database.query<{ tenant: string; seconds: number }>(LAST_READ, [clock.now()]);
      return rows.filter(({ tenant }) => tenants.has(tenant)).map(({ tenant, seconds }) => ({ labels: { tenant }, value: Math.max(0, seconds) }));
    });
    metrics.gauge('millrace_statement_unreadable', 'Days of statements whose next page breaks the contract, so that nothing behind it is read.', async () => {
      const { rows } = await database.query<{ days: string }>(`select count(*) as days from statement_day where last_failure = 'INVALID_REPLY'`);
      return Number(rows[0]!.days);
    });
    metrics.gauge('millrace_statement_conflicts', 'Lines that the bank has shown a second time with another content.', async () => {
      const { rows } = await database.query<{ lines: string }>('select count(*) as lines from bank_line_conflict');
      return Number(rows[0]!.lines);
    });
  }
}
