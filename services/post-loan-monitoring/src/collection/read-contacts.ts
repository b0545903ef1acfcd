import type { ContactAnswer } from '@millrace/contracts/api';
import type { Queries } from '../loan/read-account.js';

/** A contact as the API describes it. */
export type ContactView = ContactAnswer;

const SELECT = `
select t.seq, t.contact_id as "contactId", t.loan_id as "loanId", t.case_id as "caseId", t.channel, t.party, t.guarantor_id as "guarantorId", t.made_by as "madeBy", t.block,
  to_char(t.tried_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "triedAt", t.tried_by as "triedBy",
  (select o.outcome from collection_contact_outcome o where o.loan_id = t.loan_id and o.contact_id = t.contact_id order by o.seq desc limit 1) as outcome
from collection_contact t where t.loan_id = $1`;

type Row = ContactView & { readonly seq: string };
const viewOf = ({ seq: _, ...view }: Row): ContactView => view;

/** One contact of a loan; undefined where it has none under this id. */
export async function readContact(queries: Queries, loanId: string, contactId: string): Promise<ContactView | undefined> {
  const { rows } = await queries.query<Row>(`${SELECT} and t.contact_id = $2`, [loanId, contactId]);
  return rows[0] && viewOf(rows[0]);
}

/** Contacts of a loan in the order in which they were asked for; the cursor is the last of the page before. */
export async function readContacts(
  queries: Queries,
  loanId: string,
  { cursor = '0', limit = 100 }: { cursor?: string; limit?: number },
): Promise<{ items: ContactView[]; nextCursor: string | null }> {
  const { rows } = await queries.query<Row>(`${SELECT} and t.seq > $2 order by t.seq limit $3`, [loanId, cursor, limit + 1]);
  return { items: rows.slice(0, limit).map(viewOf), nextCursor: rows.length > limit ? rows[limit - 1]!.seq : null };
}
