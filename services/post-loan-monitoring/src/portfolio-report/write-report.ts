import { addDays, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf, type Policy } from '@millrace/policy';
import { dueDatesMovingTo } from '../standing/payable-on.js';

/** Days after which a first payment that has not come is counted: FPD1, FPD7 and FPD30. */
export const FIRST_PAYMENT_DAYS_LATE: readonly number[] = [1, 7, 30];

/** One look goes over the whole book, and holds no loan meanwhile: it may take longer than what somebody waits for. */
const LONGEST_LOOK = '10min';

const NEWEST_LOAN = `select policy_version as "policyVersion" from loan where tenant_id = $1 and disbursed_on <= $2 order by disbursed_on desc limit 1`;

const DAY = `insert into portfolio_day (tenant_id, day, policy_version, written_at) values ($1, $2, $3, $4) on conflict do nothing`;

/**
 * Principal, bucket and class at the end of the day `$2`, whatever has become of the loan since: a close that comes late finds loans that were paid meanwhile.
 * A loan is in the book until it is written off, or its claim is sold. What is posted with a later value date is added again, and a standing that was found later is left aside; few loans have either.
 */
const CELLS = `
with book as (
  select l.* from loan l where l.tenant_id = $1 and l.live and l.disbursed_on <= $2 and (l.written_off_on is null or l.written_off_on > $2)
  union all
  select l.* from loan l where l.tenant_id = $1 and not l.live and l.updated_at >= ($2::date + 1)::timestamp at time zone 'Asia/Shanghai'
    and coalesce(l.settled_on, l.transferred_on) > $2 and l.disbursed_on <= $2 and (l.written_off_on is null or l.written_off_on > $2)
), stood as (
  select date_trunc('month', b.disbursed_on::timestamp)::date as booking_month, coalesce(b.product_code, 'unknown') as product_code,
    coalesce(b.industry_section, 'unknown') as industry_section,
    coalesce(case when s.loan_id is null then null when s.class_on <= $2 then s.loan_class else (
      select h.loan_class from loan_standing_history h where h.loan_id = s.loan_id and h.valid_on <= $2 order by h.seq desc limit 1) end, 'NORMAL') as loan_class,
    coalesce(case when s.loan_id is null then null when s.bucket_on <= $2 then s.bucket else (
      select h.bucket from loan_standing_history h where h.loan_id = s.loan_id and h.valid_on <= $2 order by h.seq desc limit 1) end, 'M0') as bucket,
    b.outstanding_principal_minor + case when b.valued_on <= $2 then 0 else (
      select coalesce(sum((select sum(j.credit_minor - j.debit_minor) from journal_line j where j.entry_id = e.entry_id and j.account in ('1303', '9002'))), 0)
      from journal_entry e where e.loan_id = b.loan_id and e.value_on > $2) end as balance_minor
  from book b left join loan_standing s on s.loan_id = b.loan_id
)
insert into portfolio_cell (tenant_id, day, booking_month, product_code, industry_section, loan_class, bucket, loans, balance_minor)
select $1, $2, booking_month, product_code, industry_section, loan_class, bucket, count(*), sum(balance_minor)
from stood group by booking_month, product_code, industry_section, loan_class, bucket`;

/** A first due date whose days are over: not paid at the end of the day, though it may have been since. */
const FIRST_PAYMENTS = `
with looked_at as (
  select n.days_late, date_trunc('month', l.disbursed_on::timestamp)::date as booking_month, coalesce(l.product_code, 'unknown') as product_code, l.principal_minor,
    exists (select from instalment i where i.loan_id = l.loan_id and i.due_on = l.first_due_on and (i.open or (l.valued_on > $2 and exists (
      select from journal_entry e join allocation a using (entry_id) where e.loan_id = l.loan_id and e.value_on > $2 and a.instalment = i.number
        and not exists (select from journal_entry r where r.reverses = e.entry_id))))) as is_late
  from unnest($3::int[], $4::date[], $5::boolean[]) as n(days_late, due_on, rolls)
  join loan l on l.tenant_id = $1 and l.first_due_on = n.due_on and coalesce(l.clauses ->> 'holidayCalendar' = 'CN', false) = n.rolls
)
insert into portfolio_first_payment (tenant_id, day, days_late, booking_month, product_code, loans, late_loans, booked_minor, late_booked_minor)
select $1, $2, days_late, booking_month, product_code, count(*), count(*) filter (where is_late), sum(principal_minor),
  coalesce(sum(principal_minor) filter (where is_late), 0)
from looked_at group by days_late, booking_month, product_code`;

interface FirstDueDate {
  readonly daysLate: number;
  readonly dueOn: IsoDate;
  readonly rolls: boolean;
}

/** First due dates that lie so many days back on the day, as the contract moves them. */
function firstDueDates(day: IsoDate): FirstDueDate[] {
  return FIRST_PAYMENT_DAYS_LATE.flatMap((daysLate) => {
    const payableOn = addDays(day, -daysLate);
    return [{ daysLate, dueOn: payableOn, rolls: false }, ...dueDatesMovingTo(payableOn).map((dueOn) => ({ daysLate, dueOn, rolls: true }))];
  });
}

/** The release that a tenant's book goes by on a day: of the licence that its newest loan was lent under; undefined where nothing was ever lent. */
export async function releaseOfBook(tx: EventTransaction, tenantId: string, day: IsoDate): Promise<Policy | undefined> {
  const [newest] = (await tx.query<{ policyVersion: string }>(NEWEST_LOAN, [tenantId, day])).rows;
  return newest && policyInForce(policyOf(newest.policyVersion).lenderType, day);
}

/**
 * Writes the report of a day whose loans all stand as the day leaves them: sums, so that nothing is written for a single loan. One look over the loans that go on
 * is cheaper than sums that every repayment would keep up, and cannot drift away from the loans. In the transaction that closes the day.
 */
export async function writeReport(tx: EventTransaction, tenantId: string, day: IsoDate, now: Date): Promise<void> {
  const release = (await releaseOfBook(tx, tenantId, day))?.version ?? null;
  const { rowCount } = await tx.query(DAY, [tenantId, day, release, now]);
  if (!rowCount) return;
  await tx.query(`set local statement_timeout = '${LONGEST_LOOK}'`);
  // Standings that many loans have just got are not in the planner's statistics yet: it would go through them anew for each loan of the book. What is asked of a
  // single loan is therefore no join.
  await tx.query('set local enable_nestloop = off');
  await tx.query(CELLS, [tenantId, day]);
  await tx.query('set local enable_nestloop = on');
  const due = firstDueDates(day);
  await tx.query(FIRST_PAYMENTS, [tenantId, day, due.map(({ daysLate }) => daysLate), due.map(({ dueOn }) => dueOn), due.map(({ rolls }) => rolls)]);
}
