import type { LoanClauses } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';

/** Rows that a loan of the book has at the most; a new one has all of them. */
const ROWS = 12;
/** Days between two due dates, so that as many loans fall due on each day. */
const MONTH_DAYS = 30;
/** Of 100 loans, so many are late. */
const LATE_PERCENT = 3;
/** A loan is late for so long at the most: then it is paid off, and another comes in its place. */
const LATE_DAYS = 360;
/** Of 1,000,000 loans that fall due on a day so many are not paid, by which the share of late loans stays what it is. */
const MISSED_PER_MILLION = Math.round((1_000_000 * MONTH_DAYS * LATE_PERCENT) / LATE_DAYS / (100 - LATE_PERCENT));

const PRINCIPAL_OF_ROW = 2_500_000;
const RATE_BPS = 635;
/** Interest of a row of equal months, before which so many rows are owed. */
const interestOf = (rowsOwed: string): string => `round(${PRINCIPAL_OF_ROW}::numeric * (${rowsOwed}) * ${RATE_BPS} / 120000)::bigint`;
const CLAUSES: LoanClauses = {
  ...{ penaltyUpliftBps: 4_000, graceDays: 3, compound: true, misuseUpliftBps: 8_000, holidayCalendar: 'CN' },
  ...{ prepaymentInterest: 'to_the_day', prepaymentEffect: 'shorter_term', prepaymentFeeBps: 0 },
};

/** An id of the form of ours, the same for the same text. */
const idOf = (text: string): string =>
  `(select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(h, 14, 3) || '-a' || substr(h, 18, 3) || '-' || substr(h, 21, 12))::uuid from md5(${text}) h)`;

/** Loans of `made (loan_id, due, row_count)`: the first of so many rows falls due on a day. */
const LOANS = `
insert into post_loan_monitoring.loan (loan_id, application_id, contract_id, payout_id, tenant_id, partner_id, uscc, currency, principal_minor, rate_bps,
  tenor_months, repayment_method, day_count, disbursed_on, policy_version, clauses, matures_on, instalment_minor, total_interest_minor, status,
  outstanding_principal_minor, oldest_due_on, valued_on, booked_at, updated_at, live, history_seq, history_head, product_code, industry_section, first_due_on, accrues_from)
select loan_id, loan_id, loan_id, loan_id, $1, 'bench', upper(right(replace(loan_id::text, '-', ''), 18)), 'CNY', ${PRINCIPAL_OF_ROW} * row_count, ${RATE_BPS}, row_count, 'equal_principal', 'periodic', due - ${MONTH_DAYS},
  $2, $3, due + ${MONTH_DAYS} * (row_count - 1), ${PRINCIPAL_OF_ROW} + ${interestOf('row_count')}, (select sum(${interestOf('k')}) from generate_series(1, row_count) k), 'ACTIVE',
  ${PRINCIPAL_OF_ROW} * row_count, due, due - ${MONTH_DAYS}, now(), now(), true, 1, repeat('0', 64), 'product-' || abs(hashtext(loan_id::text)) % 3,
  chr(65 + abs(hashtext(loan_id::text)) % 20), due, due - ${MONTH_DAYS}
from made order by loan_id`;

const INSTALMENTS = `
insert into post_loan_monitoring.instalment (loan_id, number, starts_on, due_on, principal_minor, interest_minor, balance_minor)
select loan_id, k, due + ${MONTH_DAYS} * (k - 2), due + ${MONTH_DAYS} * (k - 1), ${PRINCIPAL_OF_ROW}, ${interestOf('row_count - k + 1')}, ${PRINCIPAL_OF_ROW} * (row_count - k)
from made, generate_series(1, row_count) k order by loan_id, k`;

/** A book as it stands in the middle of its life: each loan is somewhere in its twelve months. */
const BOOK = `
create temporary table made as select ${idOf(`'l' || n`)} as loan_id, 1 + (n / ${MONTH_DAYS} % ${ROWS})::int as row_count,
  case when n % 100 < ${LATE_PERCENT} then $1::date - (n / 100 % ${LATE_DAYS})::int else $1::date + 1 + (n % ${MONTH_DAYS})::int end as due
from generate_series(1, $2::bigint) n`;

const ACCRUED = `insert into post_loan_monitoring.accrual_state (tenant_id, accrued_from, accrued_through) values ($1, $2::date - 1, $2::date - 1)`;

/** Who pays on a day: nearly all whose due date it is, and who has been late for as long as the book has it. */
const PAYING = `
create temporary table paying as select loan_id, oldest_due_on < $1::date as is_last from post_loan_monitoring.loan
where tenant_id = $2 and live and (oldest_due_on = $1::date - ${LATE_DAYS}
  or (oldest_due_on = $1::date and abs(hashtext(loan_id::text || $1::date::text)::bigint) % 1000000 >= ${MISSED_PER_MILLION}))`;

const PAY_ROWS = `
update post_loan_monitoring.instalment i set paid_principal_minor = principal_minor, paid_interest_minor = interest_minor
from paying p where i.loan_id = p.loan_id and i.open and (p.is_last or i.due_on <= $1::date)`;

const PAY_LOANS = `
update post_loan_monitoring.loan l set valued_on = $1::date, outstanding_principal_minor = left_over.principal_minor, oldest_due_on = left_over.due_on,
  live = left_over.due_on is not null, settled_on = case when left_over.due_on is null then $1::date end, status = case when left_over.due_on is null then 'SETTLED' else l.status end
from paying p cross join lateral (select coalesce(sum(principal_minor), 0) as principal_minor, min(due_on) as due_on
  from post_loan_monitoring.instalment i where i.loan_id = p.loan_id and i.open) left_over
where l.loan_id = p.loan_id`;

/** The money by which a play of the loan finds what the rows say; of a loan that was late for so long it pays the charges too. */
const PAY_MONEY = `
insert into post_loan_monitoring.repayment (loan_id, repayment_id, tenant_id, entry_id, amount_minor, currency, bank_reference, received_on, value_on, content_sha256,
  fees_minor, penalty_minor, interest_minor, principal_minor, unallocated_minor, waived_interest_minor, outstanding_principal_minor, settled_loan, recorded_at, recorded_by)
select loan_id, id, $2, id, amount, 'CNY', id::text, $1::date, $1::date, repeat('0', 64), 0, 0, 0, amount, 0, 0, 0, false, now(), 'bench'
from (select p.loan_id, ${idOf('p.loan_id::text || $1::date::text')} as id, case when p.is_last then 2 * l.principal_minor
    else (select sum(principal_minor + interest_minor) from post_loan_monitoring.instalment i where i.loan_id = p.loan_id and i.open and i.due_on <= $1::date) end as amount
  from paying p join post_loan_monitoring.loan l using (loan_id)) paid`;

/** Another loan for each that was paid off. */
const REPLACED = `
create temporary table made as select ${idOf('l.loan_id::text')} as loan_id, ${ROWS} as row_count, $1::date + ${MONTH_DAYS} as due
from post_loan_monitoring.loan l join paying using (loan_id) where not l.live`;

/** Anything that runs SQL with the rights of the tables' owner. */
export interface Administrator {
  query(sql: string, values?: readonly unknown[]): Promise<unknown>;
}

export interface SeededBook {
  readonly tenantId: string;
  readonly loans: number;
  /** Day at whose end the book stands so. */
  readonly on: IsoDate;
  readonly policyVersion: string;
}

/** Statements of one transaction that trust what they write: no reference is looked up, and no trigger fires. */
async function unchecked(administrator: Administrator, work: () => Promise<void>): Promise<void> {
  await administrator.query('begin');
  await administrator.query('set local session_replication_role = replica');
  await work();
  await administrator.query('commit');
}

async function insertMade(administrator: Administrator, tenantId: string, policyVersion: string): Promise<void> {
  await administrator.query(LOANS, [tenantId, policyVersion, JSON.stringify(CLAUSES)]);
  await administrator.query(INSTALMENTS);
}

/** Seeds a book of so many loans of one tenant, as it stands at the end of a day. */
export async function seedBook(administrator: Administrator, { tenantId, loans, on, policyVersion }: SeededBook): Promise<void> {
  await unchecked(administrator, async () => {
    await administrator.query(BOOK, [on, loans]);
    await insertMade(administrator, tenantId, policyVersion);
    await administrator.query(ACCRUED, [tenantId, on]);
    await administrator.query('drop table made');
  });
  await administrator.query('vacuum analyze');
}

/** The borrowers of a day pay; a loan that is paid off has another in its place, so that the book stays as large and as late as it is. */
export async function payDues(administrator: Administrator, { tenantId, policyVersion }: SeededBook, on: IsoDate): Promise<void> {
  await unchecked(administrator, async () => {
    await administrator.query(PAYING, [on, tenantId]);
    await administrator.query(PAY_MONEY, [on, tenantId]);
    await administrator.query(PAY_ROWS, [on]);
    await administrator.query(PAY_LOANS, [on]);
    await administrator.query(REPLACED, [on]);
    await insertMade(administrator, tenantId, policyVersion);
    await administrator.query('drop table made, paying');
  });
  // A day's worth of rows at once is more than the server finds out about in time by itself.
  await administrator.query(
    'analyze post_loan_monitoring.loan, post_loan_monitoring.instalment, post_loan_monitoring.repayment, post_loan_monitoring.loan_standing',
  );
}
