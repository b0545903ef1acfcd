import type { TransferAnswer } from '@millrace/contracts/api';
import type { Queries } from '../loan/read-account.js';

/** Whether the notice was delivered is said by its dispatch, and what the buyer has paid by the lines that two persons have given to the price. */
const READ = `
select t.loan_id as "loanId", t.transfer_id as "transferId", t.buyer_name as "buyerName", t.buyer_uscc as "buyerUscc", t.price_minor::text as "priceMinor",
  t.contract_reference as "contractReference", t.contract_sha256 as "contractSha256", t.transferred_on::text as "transferredOn",
  t.principal_minor::text as "principalMinor", t.interest_minor::text as "interestMinor", t.penalty_minor::text as "penaltyMinor",
  t.allowance_minor::text as "allowanceMinor", t.gain_minor::text as "gainMinor", t.was_written_off as "wasWrittenOff",
  (select coalesce(sum(b.amount_minor), 0)::text from suspense s join bank_line b using (line_id) where s.loan_id = t.loan_id and s.state = 'price') as "priceReceivedMinor",
  (select (d.ended_at at time zone 'Asia/Shanghai')::date::text from dispatch d where d.letter_id = t.letter_id and d.state = 'DONE') as "noticeServedOn",
  to_char(t.recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
from claim_transfer t where t.loan_id = $1`;

/** The sale of the claim of a loan, as the API describes it; undefined where it was not sold. */
export async function readTransfer(queries: Queries, loanId: string): Promise<TransferAnswer | undefined> {
  return (await queries.query<TransferAnswer>(READ, [loanId])).rows[0];
}
