import type { IsoDate } from '@millrace/finance';

/** Of the loans, so many in a hundred are late already, by one day to a year; of what falls due on a day as many are not paid. */
const LATE_PERCENT = 3;

/** An id of the form of ours, the same for the same kind and number. */
const idOf = (kind: string): string =>
  `(select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(h, 14, 3) || '-a' || substr(h, 18, 3) || '-' || substr(h, 21, 12))::uuid from md5('${kind}' || n) h)`;

/** Loans straight into the tables, of twelve months of payouts: one in thirty falls due on each day of the month after `$1`. */
const LOANS = `
insert into post_loan_monitoring.loan (loan_id, application_id, contract_id, payout_id, tenant_id, partner_id, uscc, currency, principal_minor, rate_bps,
  tenor_months, repayment_method, day_count, disbursed_on, policy_version, matures_on, instalment_minor, total_interest_minor, status,
  outstanding_principal_minor, oldest_due_on, valued_on, booked_at, updated_at, live, history_seq, history_head, product_code, industry_section, first_due_on)
select id, ${idOf('a')}, ${idOf('c')}, ${idOf('p')}, $2, 'bench', 'BENCH', 'CNY', 30000000, 635, 12, 'equal_instalment', 'periodic', due - 30 * age,
  $3, due + 720, 2586822, 1041859, 'ACTIVE', 20000000, due, due - 30 * age, now(), now(), true, 1, repeat('0', 64),
  'product-' || n % 3, chr(65 + (n % 20)::int), due - 30 * (age - 1)
from (select n, ${idOf('l')} as id, 1 + (n / 30 % 12)::int as age,
    case when n % 100 < ${LATE_PERCENT} then $1::date - (n / 100 % 360)::int else $1::date + 1 + (n % 30)::int end as due
  from generate_series(1, $4::bigint) n) made`;

const INSTALMENTS = `
insert into post_loan_monitoring.instalment (loan_id, number, starts_on, due_on, principal_minor, interest_minor, balance_minor)
select loan_id, k, oldest_due_on + 30 * (k - 2), oldest_due_on + 30 * (k - 1), 2500000, 86822, 30000000 - 2500000 * k
from post_loan_monitoring.loan, generate_series(1, 12) k`;

/** What falls due on a day is paid on it, but for as many as are late: their next due date is a month later. */
const PAY = `
with paid as (
  update post_loan_monitoring.instalment i set paid_principal_minor = i.principal_minor, paid_interest_minor = i.interest_minor
  from post_loan_monitoring.loan l where l.loan_id = i.loan_id and l.tenant_id = $2 and l.live and l.oldest_due_on = $1::date and i.due_on = $1::date
    and ('x' || substr(l.loan_id::text, 1, 4))::bit(16)::int % 100 >= ${LATE_PERCENT}
)
update post_loan_monitoring.loan set oldest_due_on = oldest_due_on + 30, valued_on = $1::date
where tenant_id = $2 and live and oldest_due_on = $1::date and ('x' || substr(loan_id::text, 1, 4))::bit(16)::int % 100 >= ${LATE_PERCENT}`;

/** Anything that runs SQL with the rights of the tables' owner. */
export interface Administrator {
  query(sql: string, values?: readonly unknown[]): Promise<unknown>;
}

/** Seeds a book of so many loans of one tenant, as it stands at the end of a day. */
export async function seedBook(
  administrator: Administrator,
  { tenantId, loans, on, policyVersion }: { readonly tenantId: string; readonly loans: number; readonly on: IsoDate; readonly policyVersion: string },
): Promise<void> {
  await administrator.query(LOANS, [on, tenantId, policyVersion, loans]);
  await administrator.query('insert into post_loan_monitoring.accrual_state (tenant_id) values ($1)', [tenantId]);
  await administrator.query(INSTALMENTS);
  await administrator.query('vacuum analyze');
}

/** The borrowers of a day pay. */
export async function payDues(administrator: Administrator, tenantId: string, on: IsoDate): Promise<void> {
  await administrator.query(PAY, [on, tenantId]);
}
