import type { RepaymentAnswer } from '@millrace/contracts/api';
import type { Queries } from '../loan/read-account.js';

/** A repayment and what it did; nothing in it changes later but that it was confirmed or taken back, so that a retry gets the first answer (M-EV-07). Money is fen as a decimal string. */
export type RepaymentView = RepaymentAnswer;

type StoredRow = Omit<RepaymentView, 'duplicateOf'> & { seq: string };

/** The same form for one and for a list; instants as JavaScript writes them. */
const VIEW = `
select r.seq, r.repayment_id as "repaymentId", r.loan_id as "loanId", r.amount_minor as "amountMinor", r.currency, r.received_on::text as "receivedOn",
  r.value_on::text as "valueOn", r.bank_reference as "bankReference",
  json_build_object('feesMinor', r.fees_minor::text, 'penaltyMinor', r.penalty_minor::text, 'interestMinor', r.interest_minor::text,
    'principalMinor', r.principal_minor::text, 'unallocatedMinor', r.unallocated_minor::text, 'lines',
    (select coalesce(json_agg(json_build_object('instalment', a.instalment, 'bucket', a.bucket, 'amountMinor', a.amount_minor::text) order by a.line_no), '[]')
     from allocation a where a.entry_id = r.entry_id)) as allocation,
  r.waived_interest_minor as "waivedInterestMinor", r.outstanding_principal_minor as "outstandingPrincipalMinor", r.settled_loan as "settledLoan",
  r.prepayment_effect as "prepaymentEffect", r.reversed_at is not null as reversed, case when r.line_id is null then 'unconfirmed' else 'booked' end as state,
  nullif(t.amount_minor, r.amount_minor) as "announcedAmountMinor", nullif(t.received_on, r.received_on)::text as "announcedOn",
  to_char(r.recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
from repayment r left join announcement t using (loan_id, repayment_id) where r.loan_id = $1`;

const ONE = `${VIEW} and r.repayment_id = $2`;
const PAGE = `${VIEW} and r.seq > $2 order by r.seq limit $3`;

function toView({ seq: _, ...row }: StoredRow, askedId = row.repaymentId): RepaymentView {
  return { ...row, repaymentId: askedId, duplicateOf: askedId === row.repaymentId ? null : row.repaymentId };
}

/** One repayment, as it is told to whoever asked under `askedId`; undefined where nothing of it is booked. */
export async function readRepayment(queries: Queries, loanId: string, repaymentId: string, askedId: string): Promise<RepaymentView | undefined> {
  const { rows } = await queries.query<StoredRow>(ONE, [loanId, repaymentId]);
  return rows[0] && toView(rows[0], askedId);
}

/** The repayment with what the report says otherwise; the bank's word is what is booked. */
export function asAnnounced(view: RepaymentView, { amountMinor, receivedOn }: { readonly amountMinor: string; readonly receivedOn: string }): RepaymentView {
  return {
    ...view,
    announcedAmountMinor: amountMinor === view.amountMinor ? null : amountMinor,
    announcedOn: receivedOn === view.receivedOn ? null : receivedOn,
  };
}

/** Repayments of a loan in the order of recording; the cursor is the last of the page before. */
export async function readRepayments(
  queries: Queries,
  loanId: string,
  { cursor = '0', limit = 100 }: { cursor?: string; limit?: number },
): Promise<{ items: RepaymentView[]; nextCursor: string | null }> {
  const { rows } = await queries.query<StoredRow>(PAGE, [loanId, cursor, limit + 1]);
  return { items: rows.slice(0, limit).map((row) => toView(row)), nextCursor: rows.length > limit ? rows[limit - 1]!.seq : null };
}
