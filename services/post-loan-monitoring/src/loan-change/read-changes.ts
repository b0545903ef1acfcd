import type { LoanChangeAnswer } from '@millrace/contracts/api';
import type { Queries } from '../loan/read-account.js';

/** A change of a loan, as the API describes it. */
export type LoanChangeView = LoanChangeAnswer;

/** The view with the hash of its content. */
export type StoredChange = LoanChangeView & { readonly contentSha256: string };

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const SELECT = `
select change_id as "changeId", loan_id as "loanId", kind, state, task_id as "taskId", content, to_char(requested_at at time zone 'utc', ${INSTANT}) as "requestedAt",
  to_char(decided_at at time zone 'utc', ${INSTANT}) as "decidedAt", content_sha256 as "contentSha256" from loan_change where loan_id = $1`;

export function viewOf({ changeId, loanId, kind, state, taskId, content, requestedAt, decidedAt }: LoanChangeView): LoanChangeView {
  return { changeId, loanId, kind, state, taskId, content, requestedAt, decidedAt };
}

/** One change; undefined for an unknown id. */
export async function readChange(queries: Queries, loanId: string, changeId: string): Promise<StoredChange | undefined> {
  const { rows } = await queries.query<StoredChange>(`${SELECT} and change_id = $2`, [loanId, changeId]);
  return rows[0];
}

/** The changes of a loan in the order of asking. */
export async function readChanges(queries: Queries, loanId: string): Promise<LoanChangeView[]> {
  const { rows } = await queries.query<StoredChange>(`${SELECT} order by seq limit 1000`, [loanId]);
  return rows.map(viewOf);
}
