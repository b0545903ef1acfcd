import type { LoanBucket, LoanClass } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { Queries } from '../loan/read-account.js';
import type { FirstPayments } from './first-payment-rows.js';
import type { BookedProvisions, PortfolioCell } from './portfolio-rows.js';
import type { BucketBalances } from './roll-rates.js';
import type { Cohort, CohortBalance } from './vintage.js';

/** A day that was reported. */
export interface ReportedDay {
  readonly day: IsoDate;
  /** Release in force on it; null where the tenant had no loans. */
  readonly policyVersion: string | null;
}

const DAY = `select day::text as day, policy_version as "policyVersion" from portfolio_day where tenant_id = $1 and ($2::date is null or day = $2) order by portfolio_day.day desc limit 1`;

/** The report of a day, or the newest where none is named; undefined where there is none. */
export async function findDay(queries: Queries, tenantId: string, day: IsoDate | undefined): Promise<ReportedDay | undefined> {
  return (await queries.query<ReportedDay>(DAY, [tenantId, day ?? null])).rows[0];
}

const MONTH_ENDS = `
select distinct on (date_trunc('month', day)) day::text as day from portfolio_day
where tenant_id = $1 and day <= $2 and day >= $3 order by date_trunc('month', day), portfolio_day.day desc`;

/** The newest reported day of each month through a day, rising. */
export async function readMonthEnds(queries: Queries, tenantId: string, day: IsoDate, from: IsoDate): Promise<IsoDate[]> {
  return (await queries.query<{ day: IsoDate }>(MONTH_ENDS, [tenantId, day, from])).rows.map((row) => row.day);
}

const CELLS = `
select product_code as "productCode", industry_section as "industrySection", loan_class as "loanClass", bucket, sum(loans)::int as loans,
  sum(balance_minor)::text as "balanceMinor"
from portfolio_cell where tenant_id = $1 and day = $2 group by 1, 2, 3, 4`;

type InText<T, K extends keyof T> = Omit<T, K> & Readonly<Record<K, string>>;

/** The book of a day. */
export async function readCells(queries: Queries, tenantId: string, day: IsoDate): Promise<PortfolioCell[]> {
  const { rows } = await queries.query<InText<PortfolioCell, 'balanceMinor'>>(CELLS, [tenantId, day]);
  return rows.map((row) => ({ ...row, balanceMinor: BigInt(row.balanceMinor) }));
}

const PROVISIONS = `
select loan_class as "loanClass", sum(provision_minor)::text as "provisionMinor" from book_day where tenant_id = $1 and day = $2 group by 1`;

/** What is booked for the loans of each class at the end of a day; undefined for a day of before provisions were booked. */
export async function readProvisions(queries: Queries, tenantId: string, day: IsoDate): Promise<BookedProvisions | undefined> {
  const { rows } = await queries.query<{ loanClass: LoanClass; provisionMinor: string }>(PROVISIONS, [tenantId, day]);
  return rows.length === 0 ? undefined : new Map(rows.map(({ loanClass, provisionMinor }) => [loanClass, BigInt(provisionMinor)]));
}

const BUCKETS = `
select day::text as day, bucket, sum(balance_minor)::text as "balanceMinor" from portfolio_cell where tenant_id = $1 and day = any($2::date[]) group by 1, 2`;

/** Balance of each bucket on some days, which are given in their order. */
export async function readBuckets(queries: Queries, tenantId: string, days: readonly IsoDate[]): Promise<BucketBalances[]> {
  const { rows } = await queries.query<{ day: IsoDate; bucket: LoanBucket; balanceMinor: string }>(BUCKETS, [tenantId, days]);
  return days.map((day) => ({
    day,
    balancesMinor: Object.fromEntries(rows.filter((row) => row.day === day).map(({ bucket, balanceMinor }) => [bucket, BigInt(balanceMinor)])),
  }));
}

const COHORTS = `
select to_char(disbursed_on, 'YYYY-MM') as "bookingMonth", count(*)::int as loans, sum(principal_minor)::text as "bookedMinor"
from loan where tenant_id = $1 and disbursed_on between $2 and $3 group by 1 order by 1`;

/** What was lent from one day through another, by month. */
export async function readCohorts(queries: Queries, tenantId: string, from: IsoDate, through: IsoDate): Promise<Cohort[]> {
  const { rows } = await queries.query<InText<Cohort, 'bookedMinor'>>(COHORTS, [tenantId, from, through]);
  return rows.map((row) => ({ ...row, bookedMinor: BigInt(row.bookedMinor) }));
}

const COHORT_BALANCES = `
select to_char(booking_month, 'YYYY-MM') as "bookingMonth", day::text as day, sum(balance_minor)::text as "m1PlusMinor",
  coalesce(sum(balance_minor) filter (where bucket = any($4)), 0)::text as "m4PlusMinor"
from portfolio_cell where tenant_id = $1 and day = any($2::date[]) and booking_month >= $3 and bucket <> 'M0' group by 1, 2`;

const M4_PLUS: readonly LoanBucket[] = ['M4', 'M5', 'M6', 'M7+'];

/** What of each cohort was late on some days. */
export async function readCohortBalances(queries: Queries, tenantId: string, days: readonly IsoDate[], from: IsoDate): Promise<CohortBalance[]> {
  const { rows } = await queries.query<InText<CohortBalance, 'm1PlusMinor' | 'm4PlusMinor'>>(COHORT_BALANCES, [tenantId, days, from, M4_PLUS]);
  return rows.map((row) => ({ ...row, m1PlusMinor: BigInt(row.m1PlusMinor), m4PlusMinor: BigInt(row.m4PlusMinor) }));
}

const FIRST_PAYMENTS = `
select to_char(booking_month, 'YYYY-MM') as "bookingMonth", days_late as "daysLate", sum(loans)::int as loans, sum(late_loans)::int as "lateLoans",
  sum(booked_minor)::text as "bookedMinor", sum(late_booked_minor)::text as "lateBookedMinor"
from portfolio_first_payment where tenant_id = $1 and day <= $2 and booking_month >= $3 group by 1, 2 order by 1, 2`;

/** First payments that were looked at through a day. */
export async function readFirstPayments(queries: Queries, tenantId: string, day: IsoDate, from: IsoDate): Promise<FirstPayments[]> {
  const { rows } = await queries.query<InText<FirstPayments, 'bookedMinor' | 'lateBookedMinor'>>(FIRST_PAYMENTS, [tenantId, day, from]);
  return rows.map((row) => ({ ...row, bookedMinor: BigInt(row.bookedMinor), lateBookedMinor: BigInt(row.lateBookedMinor) }));
}
