import type { JournalAnswer } from '@millrace/contracts/api';
import type { Queries } from '../loan/read-account.js';

/** The journal of a loan, as the API describes it. */
export type JournalView = JournalAnswer;
type EntryView = JournalView['items'][number];

const ENTRIES = `
select e.seq, e.entry_id as "entryId", e.source_kind as "sourceKind", e.source_id as "sourceId", e.reverses, e.posted_on::text as "postedOn", e.value_on::text as "valueOn",
  to_char(e.recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
  (select json_agg(json_build_object('account', l.account, 'accountName', a.name, 'debitMinor', l.debit_minor::text, 'creditMinor', l.credit_minor::text)
     order by l.line_no) from journal_line l join account a on a.code = l.account where l.entry_id = e.entry_id) as lines
from journal_entry e where e.loan_id = $1 and e.seq > $2 order by e.seq limit $3`;

const TOTALS = `
select l.account, a.name as "accountName", sum(l.debit_minor)::text as "debitMinor", sum(l.credit_minor)::text as "creditMinor"
from journal_entry e join journal_line l using (entry_id) join account a on a.code = l.account where e.loan_id = $1 group by l.account, a.name order by l.account`;

/** Entries of a loan from a cursor on, with the totals that an auditor checks first. */
export async function readJournal(queries: Queries, loanId: string, { cursor = '0', limit = 100 }: { cursor?: string; limit?: number }): Promise<JournalView> {
  const [{ rows: entries }, { rows: sums }] = await Promise.all([
    queries.query<EntryView & { seq: string }>(ENTRIES, [loanId, cursor, limit + 1]),
    queries.query<{ account: string; accountName: string; debitMinor: string; creditMinor: string }>(TOTALS, [loanId]),
  ]);
  const debitMinor = sums.reduce((total, sum) => total + BigInt(sum.debitMinor), 0n);
  const creditMinor = sums.reduce((total, sum) => total + BigInt(sum.creditMinor), 0n);
  return {
    loanId,
    items: entries.slice(0, limit).map(({ seq: _, ...entry }) => entry),
    nextCursor: entries.length > limit ? entries[limit - 1]!.seq : null,
    totals: { debitMinor: String(debitMinor), creditMinor: String(creditMinor) },
    accounts: sums.map(({ account, accountName, ...sum }) => ({
      account,
      accountName,
      balanceMinor: String(BigInt(sum.debitMinor) - BigInt(sum.creditMinor)),
    })),
    balanced: debitMinor === creditMinor,
  };
}
