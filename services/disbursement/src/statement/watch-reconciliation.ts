import { businessDate, type Clock } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { businessDayFrom } from '@millrace/policy';
import { CLOCK, Database, MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { DisbursementConfig } from '../config.js';
import { statementAccounts } from '../bank/statement-accounts.js';

/** Days that are looked at; what is older was alarmed for as long, and `lendctl reconcile` still names it. */
const DAYS = 14;
/** The books are asked so often, and not with every look at the metrics. */
const LOOK_MS = 600_000;

/** Payouts and debits that the bank says are done, without the line that shows them as such, and lines whose payout nobody can name yet. */
const DIFFERENCES = `
with moved as (
  select tenant_id, amount_minor, bank_reference, 'debit' as direction from payout
  where payer_account is not null and (paid_at at time zone 'Asia/Shanghai')::date between $1 and $2
  union all
  select tenant_id, amount_minor, bank_reference, 'credit' from direct_debit where status = 'COLLECTED' and collected_on between $1 and $2
)
select tenant_id as tenant, count(*)::int as value from (
  select m.tenant_id from moved m where not exists (
    select from bank_line l where l.tenant_id = m.tenant_id and l.bank_reference = m.bank_reference and l.direction = m.direction and l.amount_minor = m.amount_minor)
  union all
  select tenant_id from payout_return where state = 'waiting' and (noticed_at at time zone 'Asia/Shanghai')::date <= $2
) open group by tenant_id`;

/** The last day after which a whole business day has gone by: what its statement lacked then is a difference, and not under way. */
export function lastSettledDay(today: IsoDate): IsoDate {
  let day = addDays(today, -1);
  while (businessDayFrom(addDays(day, 1)) >= today) day = addDays(day, -1);
  return day;
}

/** What the bank has answered and its statement does not show, once a business day has gone by (R-DB-08). */
@Injectable()
export class WatchReconciliation {
  #known: { readonly at: number; readonly rows: readonly { readonly tenant: string; readonly value: number }[] } | undefined;

  constructor(
    @Inject(MetricsRegistry) metrics: MetricsRegistry,
    @Inject(Database) private readonly database: Database,
    @Inject(DisbursementConfig) config: DisbursementConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const meaning = 'Payouts, direct debits and returns that the statement does not show as the bank has answered, a business day later.';
    const tenants = new Set(statementAccounts(config.statementAccounts).map(({ tenantId }) => tenantId));
    metrics.gauges('millrace_statement_differences', meaning, ['tenant'], async () => {
      const values = new Map([...tenants].map((tenant) => [tenant, 0]));
      for (const { tenant, value } of await this.#differences()) values.set(tenant, value);
      return [...values].map(([tenant, value]) => ({ labels: { tenant }, value }));
    });
  }

  async #differences(): Promise<readonly { readonly tenant: string; readonly value: number }[]> {
    const now = this.clock.now();
    if (this.#known && now.getTime() - this.#known.at < LOOK_MS) return this.#known.rows;
    const through = lastSettledDay(businessDate(now));
    const { rows } = await this.database.query<{ tenant: string; value: number }>(DIFFERENCES, [addDays(through, -DAYS), through]);
    this.#known = { at: now.getTime(), rows };
    return rows;
  }
}
