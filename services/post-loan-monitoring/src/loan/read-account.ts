import type { QueryResultRow } from 'pg';
import type { BookedMovement, Instalment, LoanAccount } from './loan-account.js';
import type { BookedMisuse } from './misuse.js';
import type { Wire } from './wire.js';

/** Anything that runs SQL: a transaction, or the pool. */
export interface Queries {
  query<R extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<{ rows: R[] }>;
}

type Parts = { bookedAt: Date; updatedAt: Date; instalments: Wire<Instalment>[]; movements: Wire<BookedMovement>[]; misuses: Wire<BookedMisuse>[] };
type AccountRow = Omit<Wire<LoanAccount>, keyof Parts> & Parts;

/** Amounts as text, as JSON has no integers of 18 digits; dates as text, as a Date would be moved by the time zone of the machine. */
const INSTALMENTS = `
  (select coalesce(json_agg(json_build_object('number', i.number, 'startsOn', i.starts_on, 'dueOn', i.due_on, 'principalMinor', i.principal_minor::text,
     'interestMinor', i.interest_minor::text, 'balanceMinor', i.balance_minor::text, 'paidPrincipalMinor', i.paid_principal_minor::text,
     'paidInterestMinor', i.paid_interest_minor::text, 'waivedInterestMinor', i.waived_interest_minor::text) order by i.number), '[]')
   from instalment i where i.loan_id = l.loan_id)`;

const MOVEMENTS = `
  (select coalesce(json_agg(m.movement order by m.seq nulls last), '[]') from (
     select r.seq, json_build_object('repaymentId', r.repayment_id, 'valueOn', r.value_on, 'amountMinor', r.amount_minor::text,
       'prepaymentEffect', r.prepayment_effect) as movement
     from repayment r where r.loan_id = l.loan_id and r.reversed_at is null
     union all
     select null, json_build_object('repaymentId', n.settlement_id, 'valueOn', n.value_on, 'amountMinor', n.amount_minor::text, 'isRenewal', true)
     from renewal n where n.renewed_loan_id = l.loan_id and n.state = 'settled') as m)`;

const CHANGES = `
  (select coalesce(json_agg(json_build_object('changeId', c.change_id, 'kind', c.kind, 'valueOn', c.value_on, 'dueDates', c.due_dates, 'rateBps', c.rate_bps, 'months', c.months)
     order by c.seq), '[]') from terms_change c where c.loan_id = l.loan_id)`;

const MISUSES = `
  (select coalesce(json_agg(json_build_object('factId', f.fact_id, 'from', f.from_on, 'to', f.to_on, 'amountMinor', f.amount_minor::text) order by f.from_on, f.fact_id), '[]')
   from class_fact f where f.loan_id = l.loan_id and f.amount_minor is not null)`;

const SELECT = `
select l.loan_id as "loanId", l.application_id as "applicationId", l.contract_id as "contractId", l.tenant_id as "tenantId", l.partner_id as "partnerId",
  l.currency, l.principal_minor as "principalMinor", l.rate_bps as "rateBps", l.tenor_months as "tenorMonths", l.repayment_method as "repaymentMethod",
  l.day_count as "dayCount", l.disbursed_on::text as "disbursedOn", l.matures_on::text as "maturesOn", l.instalment_minor as "instalmentMinor",
  l.total_interest_minor as "totalInterestMinor", l.policy_version as "policyVersion", l.product_code as "productCode", l.clauses, l.booked_at as "bookedAt", l.updated_at as "updatedAt", l.status,
  l.outstanding_principal_minor as "outstandingPrincipalMinor", l.held_minor as "heldMinor", l.valued_on::text as "valuedOn",
  l.settled_on::text as "settledOn", l.closed_on::text as "closedOn", l.retain_until::text as "retainUntil", l.accelerated_on::text as "acceleratedOn", l.written_off_on::text as "writtenOffOn", l.write_off_id as "writeOffId", l.returned_on::text as "returnedOn", l.return_line_id as "returnLineId", l.accrues_from::text as "accruesFrom",
  l.transferred_on::text as "transferredOn", l.transfer_id as "transferId",
  case when l.transferred_on is not null then (select t.buyer_name from claim_transfer t where t.loan_id = l.loan_id) end as "transferredTo",
  (select n.renewed_loan_id from renewal n where n.loan_id = l.loan_id and n.state = 'settled') as "renewsLoanId",
  (select n.loan_id from renewal n where n.renewed_loan_id = l.loan_id and n.state = 'settled') as "renewedByLoanId",
  l.late_until::text as "lateUntil", (select a.accrued_through::text from accrual_state a where a.tenant_id = l.tenant_id) as "accruedThrough",
  l.history_seq as "historySeq", l.history_head as "historyHead",
  coalesce(s.loan_class, 'NORMAL') as "loanClass", s.guarantee_status as "guaranteeStatus", ${INSTALMENTS} as instalments, ${MOVEMENTS} as movements, ${CHANGES} as changes, ${MISUSES} as misuses
from loan l left join loan_standing s on s.loan_id = l.loan_id`;

const READ = `${SELECT} where l.loan_id = $1`;

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
    movements: row.movements.map((movement) => ({ ...movement, amountMinor: BigInt(movement.amountMinor) })),
    misuses: row.misuses.map((misuse) => ({ ...misuse, amountMinor: BigInt(misuse.amountMinor) })),
  };
}

/** A loan; undefined for an unknown id. */
export async function readAccount(queries: Queries, loanId: string): Promise<LoanAccount | undefined> {
  const { rows } = await queries.query<AccountRow>(READ, [loanId]);
  return rows[0] && toAccount(rows[0]);
}

/** Loans that meet some conditions (columns of `loan l`), the newest first. */
export async function readAccounts(queries: Queries, { sql, values }: { sql: string; values: readonly string[] }, limit: number): Promise<LoanAccount[]> {
  const { rows } = await queries.query<AccountRow>(`${SELECT} ${sql} order by l.loan_id desc limit $${values.length + 1}`, [...values, limit]);
  return rows.map(toAccount);
}

/** Some loans by their ids. */
export async function readAccountsById(queries: Queries, loanIds: readonly string[]): Promise<ReadonlyMap<string, LoanAccount>> {
  if (loanIds.length === 0) return new Map();
  const accounts = await readAccounts(queries, { sql: 'where l.loan_id = any($1::uuid[])', values: [`{${loanIds.join(',')}}`] }, loanIds.length);
  return new Map(accounts.map((account) => [account.loanId, account]));
}

/**
 * Locks a loan and reads it; whoever moves its money waits here, so that two at once see each other's work.
 * Two statements, as one would read the rows as they were before it got the lock.
 */
export async function lockAccount(queries: Queries, loanId: string): Promise<LoanAccount | undefined> {
  const { rows } = await queries.query('select 1 from loan where loan_id = $1 for no key update', [loanId]);
  return rows.length === 0 ? undefined : readAccount(queries, loanId);
}
