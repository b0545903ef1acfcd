import type { PostedEntry } from '../ledger/correct-journal.js';
import type { Queries } from './read-account.js';
import type { Wire } from './wire.js';

const ENTRIES = `
select e.entry_id as "entryId", e.source_kind as "sourceKind", e.source_id as "sourceId", e.reverses, e.correction, e.value_on::text as "valueOn",
  exists (select 1 from journal_entry b where b.reverses = e.entry_id) as "isReversed",
  (select json_agg(json_build_object('account', l.account, 'debitMinor', l.debit_minor::text, 'creditMinor', l.credit_minor::text) order by l.line_no)
   from journal_line l where l.entry_id = e.entry_id) as lines,
  (select coalesce(json_agg(json_build_object('number', a.instalment, 'bucket', a.bucket, 'amountMinor', a.amount_minor::text) order by a.line_no), '[]')
   from allocation a where a.entry_id = e.entry_id) as allocation
from journal_entry e where e.loan_id = $1 order by e.seq`;

/** The journal of a loan in the order of posting. */
export async function readEntries(queries: Queries, loanId: string): Promise<PostedEntry[]> {
  const { rows } = await queries.query<Wire<PostedEntry>>(ENTRIES, [loanId]);
  return rows.map((entry) => ({
    ...entry,
    lines: entry.lines.map((line) => ({ ...line, debitMinor: BigInt(line.debitMinor), creditMinor: BigInt(line.creditMinor) })),
    allocation: entry.allocation.map((part) => ({ ...part, amountMinor: BigInt(part.amountMinor) })),
  }));
}
