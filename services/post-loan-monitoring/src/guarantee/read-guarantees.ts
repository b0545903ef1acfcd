import type { GuaranteeAnswer } from '@millrace/contracts/api';
import type { Queries } from '../loan/read-account.js';

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const LIST = `
select g.guarantee_id as "guaranteeId", g.guarantor_ref as "guarantorRef", g.kind, g.state, g.limit_minor::text as "limitMinor", g.period_months as "periodMonths",
  g.matures_on::text as "maturesOn", g.lapses_on::text as "lapsesOn", g.alarmed_on::text as "alarmedOn", g.claimed_on::text as "claimedOn", g.claimed_minor::text as "claimedMinor",
  to_char(g.recorded_at at time zone 'utc', ${INSTANT}) as "recordedAt",
  (select coalesce(sum(p.subrogated_minor), 0)::text from guarantee_compensation p join repayment r using (loan_id, repayment_id)
   where p.loan_id = g.loan_id and p.guarantee_id = g.guarantee_id and r.reversed_at is null) as "paidMinor",
  (select coalesce(json_agg(json_build_object('compensationId', p.compensation_id, 'bankReference', p.bank_reference, 'repaymentId', p.repayment_id,
     'subrogatedMinor', case when r.reversed_at is null then p.subrogated_minor::text end) order by p.seq), '[]')
   from guarantee_compensation p left join repayment r using (loan_id, repayment_id) where p.loan_id = g.loan_id and p.guarantee_id = g.guarantee_id) as compensations
from guarantee g where g.loan_id = $1 order by g.recorded_at, g.guarantee_id limit 100`;

/** Who stands for a loan, as the API describes it. */
export async function listGuarantees(queries: Queries, loanId: string): Promise<GuaranteeAnswer[]> {
  return (await queries.query<GuaranteeAnswer>(LIST, [loanId])).rows;
}
