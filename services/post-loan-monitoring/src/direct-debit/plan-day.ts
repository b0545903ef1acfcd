import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { dueDatesMovingTo } from '../standing/payable-on.js';

const OPEN_DAY = 'insert into debit_day (day, planned_at) values ($1, $2) on conflict do nothing';

/** Loans with a mandate that have an unpaid row which falls due on the day; a due date that the contract moves off holidays is debited on the day it moves to. */
const PLAN = `
insert into debit (loan_id, due_on, try_number, tenant_id, try_on, state, planned_at)
select l.loan_id, max(i.due_on), 1, l.tenant_id, $1::date, 'PLANNED', $3::timestamptz
from loan l join instalment i on i.loan_id = l.loan_id and i.open
where l.live and l.clauses ? 'directDebit' and l.oldest_due_on <= $1
  and case when l.clauses ->> 'holidayCalendar' = 'CN' then i.due_on = any($2::date[]) else i.due_on = $1 end
group by l.loan_id on conflict do nothing`;

/** Plans the first try of everything that falls due on a day; a day is planned once, whoever comes first. */
export async function planDay(tx: Pick<EventTransaction, 'query'>, day: IsoDate, now: Date): Promise<void> {
  const { rowCount } = await tx.query(OPEN_DAY, [day, now]);
  if (rowCount) await tx.query(PLAN, [day, dueDatesMovingTo(day), now]);
}

/** The newest day that was planned; undefined before the first. */
export async function plannedThrough(tx: Pick<EventTransaction, 'query'>): Promise<IsoDate | undefined> {
  const { rows } = await tx.query<{ day: IsoDate | null }>('select max(day)::text as day from debit_day');
  return rows[0]?.day ?? undefined;
}
