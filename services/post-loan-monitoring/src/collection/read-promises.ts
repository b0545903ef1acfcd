import type { PromiseAnswer } from '@millrace/contracts/api';
import type { Queries } from '../loan/read-account.js';

/** Most promises that a loan shows, the newest of them. */
const MOST = 500;

const READ = `
select p.promise_id as "promiseId", p.loan_id as "loanId", p.case_id as "caseId", p.amount_minor::text as "amountMinor", p.pay_by::text as "payBy", p.state,
  to_char(p.made_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "madeAt", p.made_by as "madeBy", p.decided_on::text as "decidedOn"
from collection_promise p where p.loan_id = $1 order by p.seq desc limit ${MOST}`;

/** Promises of a loan, newest first. */
export async function readPromises(queries: Queries, loanId: string): Promise<PromiseAnswer[]> {
  return (await queries.query<PromiseAnswer>(READ, [loanId])).rows;
}
