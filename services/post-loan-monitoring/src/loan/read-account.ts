import type { QueryResultRow } from 'pg';
import type { Instalment, LoanAccount } from './loan-account.js';
import type { Wire } from './wire.js';

/** Anything that runs SQL: a transaction, or the pool. */
export interface Queries {
  query<R extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<{ rows: R[] }>;
}

type AccountRow = Omit<Wire<LoanAccount>, 'instalments' | 'bookedAt' | 'updatedAt'> & { bookedAt: Date; updatedAt: Date; instalments: Wire<Instalment>[] };

/** Amounts as text, as JSON has no integers of 18 digits; dates as text, as a Date would be moved by the time zone of the machine. */
const instalmentsOf = (condition: string): string => `
  (select coalesce(json_agg(json_build_object('number', i.number, 'startsOn', i.starts_on, 'dueOn', i.due_on, 'principalMinor', i.principal_minor::text,
     'interestMinor', i.interest_minor::text, 'balanceMinor', i.balance_minor::text, 'paidPrincipalMinor', i.paid_principal_minor::text,
     'paidInterestMinor', i.paid_interest_minor::text, 'waivedInterestMinor', i.waived_interest_minor::text) order by i.number), '[]')
   from instalment i where i.loan_id = l.loan_id ${condition})`;

const selectSql = (condition: string): string => `
select l.loan_id as "loanId", l.application_id as "applicationId", l.contract_id as "contractId", l.tenant_id as "tenantId", l.partner_id as "partnerId",
  l.currency, l.principal_minor as "principalMinor", l.rate_bps as "rateBps", l.tenor_months as "tenorMonths", l.repayment_method as "repaymentMethod",
  l.day_count as "dayCount", l.disbursed_on::text as "disbursedOn", l.matures_on::text as "maturesOn", l.instalment_minor as "instalmentMinor",
  l.total_interest_minor as "totalInterestMinor", l.policy_version as "policyVersion", l.clauses, l.booked_at as "bookedAt", l.updated_at as "updatedAt", l.status,
  l.outstanding_principal_minor as "outstandingPrincipalMinor", l.held_minor as "heldMinor", l.valued_on::text as "valuedOn",
  l.settled_on::text as "settledOn", l.history_seq as "historySeq", l.history_head as "historyHead", ${instalmentsOf(condition)} as instalments
from loan l`;

const SELECT_OPEN = selectSql('and i.open');
const READ_OPEN = `${SELECT_OPEN} where l.loan_id = $1`;
const READ_ALL = `${selectSql('')} where l.loan_id = $1`;

function toInstalment(row: Wire<Instalment>): Instalment {
  return {
    ...row,
    principalMinor: BigInt(row.principalMinor),
    interestMinor: BigInt(row.interestMinor),
    balanceMinor: BigInt(row.balanceMinor),
    paidPrincipalMinor: BigInt(row.paidPrincipalMinor),
    paidInterestMinor: BigInt(row.paidInterestMinor),
    waivedInterestMinor: BigInt(row.waivedInterestMinor),
  };
}

function toAccount(row: AccountRow): LoanAccount {
  return {
    ...row,
    principalMinor: BigInt(row.principalMinor),
    instalmentMinor: BigInt(row.instalmentMinor),
    totalInterestMinor: BigInt(row.totalInterestMinor),
    outstandingPrincipalMinor: BigInt(row.outstandingPrincipalMinor),
    heldMinor: BigInt(row.heldMinor),
    bookedAt: row.bookedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    instalments: row.instalments.map(toInstalment),
  };
}

/** A loan with its open rows only, or with all of them; undefined for an unknown id. */
export async function readAccount(queries: Queries, loanId: string, rows: 'open' | 'all' = 'open'): Promise<LoanAccount | undefined> {
  const { rows: found } = await queries.query<AccountRow>(rows === 'open' ? READ_OPEN : READ_ALL, [loanId]);
  return found[0] && toAccount(found[0]);
}

/** Loans that meet some conditions (columns of `loan l`), each with its open rows; the newest first. */
export async function readAccounts(queries: Queries, { sql, values }: { sql: string; values: readonly string[] }, limit: number): Promise<LoanAccount[]> {
  const { rows } = await queries.query<AccountRow>(`${SELECT_OPEN} ${sql} order by l.loan_id desc limit $${values.length + 1}`, [...values, limit]);
  return rows.map(toAccount);
}

/**
 * Locks a loan and reads it with its open rows; whoever moves its money waits here, so that two at once see each other's work.
 * Two statements, as one would read the rows as they were before it got the lock.
 */
export async function lockAccount(queries: Queries, loanId: string): Promise<LoanAccount | undefined> {
  const { rows } = await queries.query('select 1 from loan where loan_id = $1 for no key update', [loanId]);
  return rows.length === 0 ? undefined : readAccount(queries, loanId);
}
