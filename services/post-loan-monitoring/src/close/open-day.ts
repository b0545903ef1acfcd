import { addDays, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { writeReport } from '../portfolio-report/write-report.js';
import { CANDIDATES, candidateValues, type CloseScope } from './candidates.js';
import { rulesChangeOn } from './rules-of-day.js';

/** Loans of one batch: a transaction of some tens of milliseconds, for which a repayment of one of them may have to wait. */
export const LOANS_OF_BATCH = 500;

const NEWEST = `select day::text as day, closed_at as "closedAt" from close_day where tenant_id = $1 order by day desc limit 1`;

/** Tenants with loans, found by the index alone: one step for each, however many loans there are. */
const TENANTS = `
with recursive tenant as (
  (select tenant_id from loan order by tenant_id limit 1)
  union all
  select (select l.tenant_id from loan l where l.tenant_id > t.tenant_id order by l.tenant_id limit 1) from tenant t where t.tenant_id is not null
) select tenant_id as "tenantId" from tenant where tenant_id is not null`;

/** Who opens the first day of a tenant does so alone: two that close through different days would else begin with one each. */
const LOCK_TENANT = 'select 1 from accrual_state where tenant_id = $1 for update';

const OPEN = `insert into close_day (tenant_id, day, scope, loans, opened_at) values ($1, $2, $3, 0, $4) on conflict do nothing`;

const PLAN = `
with batch as (
  insert into close_batch (tenant_id, day, batch, loan_ids, loans)
  select $1, $2::date, chunk, array_agg(loan_id order by loan_id), count(*)
  from (select loan_id, (row_number() over (order by loan_id) - 1) / $8::int as chunk from (${CANDIDATES}) c) numbered group by chunk
  returning loans
)
update close_day set loans = (select coalesce(sum(loans), 0) from batch) where tenant_id = $1 and day = $2`;

const FINISH = `update close_day set closed_at = $3 where tenant_id = $1 and day = $2 and closed_at is null`;

export async function tenantsWithLoans(tx: Pick<EventTransaction, 'query'>): Promise<string[]> {
  return (await tx.query<{ tenantId: string }>(TENANTS)).rows.map(({ tenantId }) => tenantId);
}

/** The day of a tenant that is to be worked on; undefined where all days through the last one are closed. */
export interface OpenDay {
  readonly tenantId: string;
  readonly day: IsoDate;
  readonly scope: CloseScope;
}

const FIND = `select scope from close_day where tenant_id = $1 and day = $2`;

/**
 * The day that a tenant's close is at, opened where it is not yet: the one that is open, or the one after the newest closed, so that days come in order and
 * none overtakes another. The first day of a tenant is the last that can be closed, and looks at every loan that is late.
 */
export async function openDay(tx: EventTransaction, tenantId: string, last: IsoDate, now: Date): Promise<OpenDay | undefined> {
  const newestDay = async (): Promise<{ day: IsoDate; closedAt: Date | null } | undefined> =>
    (await tx.query<{ day: IsoDate; closedAt: Date | null }>(NEWEST, [tenantId])).rows[0];
  let newest = await newestDay();
  if (!newest) {
    await tx.query(LOCK_TENANT, [tenantId]);
    newest = await newestDay();
  }
  const day = !newest ? last : newest.closedAt === null ? newest.day : addDays(newest.day, 1);
  if (day > last) return undefined;
  if (newest?.closedAt !== null) {
    const scope: CloseScope = !newest || rulesChangeOn(day) ? 'all' : 'changes';
    // Whoever comes second waits here for the plan of the first, and makes none of its own.
    const { rowCount } = await tx.query(OPEN, [tenantId, day, scope, now]);
    if (rowCount) await tx.query(PLAN, [...candidateValues(tenantId, day, scope), LOANS_OF_BATCH]);
  }
  const { rows: found } = await tx.query<Pick<OpenDay, 'scope'>>(FIND, [tenantId, day]);
  return { tenantId, day, ...found[0]! };
}

/** Closes a day whose steps are all done, and writes its report. */
export async function finishDay(tx: EventTransaction, { tenantId, day }: OpenDay, now: Date): Promise<void> {
  // Whoever comes second waits here for the report of the first, and writes none of its own.
  const { rowCount } = await tx.query(FINISH, [tenantId, day, now]);
  if (rowCount) await writeReport(tx, tenantId, day, now);
}
