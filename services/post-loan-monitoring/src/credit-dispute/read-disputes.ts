import type { CreditDisputeAnswer } from '@millrace/contracts/api';
import type { Principal } from '@millrace/service';
import type { Queries } from '../loan/read-account.js';

const LIST = `
select c.dispute_id as "disputeId", c.loan_id as "loanId", c.report_id as "reportId", c.as_of::text as "asOf", c.party, c.guarantee_id as "guaranteeId", c.ground,
  c.received_on::text as "receivedOn", c.due_on::text as "dueOn", lower(c.status) as state, lower(d.state) as mark, c.reason_code as "reasonCode",
  c.correction_id as "correctionId", c.letter_id as "letterId", c.task_id as "taskId",
  to_char(c.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "openedAt", c.closed_on::text as "closedOn"
from credit_dispute c join dispatch d on d.dispatch_id = coalesce(c.lift_id, c.mark_id)
where c.loan_id = $1 and c.party = any($2) order by c.created_at desc, c.dispute_id limit 500`;

/** Disputes of a loan, the newest first; a partner is not told those of others than its borrower. */
export async function readDisputes(queries: Queries, loanId: string, { kind }: Pick<Principal, 'kind'>): Promise<CreditDisputeAnswer[]> {
  const parties = kind === 'partner' ? ['debtor'] : ['debtor', 'guarantor'];
  return (await queries.query<CreditDisputeAnswer & Record<string, unknown>>(LIST, [loanId, parties])).rows;
}
