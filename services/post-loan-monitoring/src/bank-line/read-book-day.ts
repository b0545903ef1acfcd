/** Anything that runs SQL on the tables of this service. */
interface Queries {
  query(sql: string, values?: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Cash that the journal has moved for one line of the statement, or for one payout. */
export interface BookMovement {
  /**
   * `loan-booked`: a payout went out. `line`: money of a line came in. `sent-back`: money left suspense for its payer, or for the buyer of a claim. `taken-back`: the bank took money of a repayment
   * back. `told`: a repayment that was booked on somebody's word, by a version of before, and no line shows yet.
   */
  readonly kind: 'loan-booked' | 'line' | 'sent-back' | 'taken-back' | 'told';
  /** The payout, the line, or the repayment. */
  readonly id: string;
  readonly direction: 'credit' | 'debit';
  /** Fen, as the service was told. */
  readonly amountMinor: string;
  /** What the journal has on the account of cash for it, in fen. */
  readonly cashMinor: string;
  /** The bank's name of the transfer, where it is known. */
  readonly bankReference: string | null;
  /** Where the money is: BOOKED, CONFIRMED, RETURNED, SUSPENSE; null for what is no line. */
  readonly outcome: string | null;
}

const CASH = `sum(j.debit_minor - j.credit_minor) filter (where j.account = '1002')`;

/** Money of a line that was assigned out of suspense, or has left its loan again, has moved through cash more than once: what it has come to stands for the line. */
const LINES = `
select 'line' as kind, b.line_id as id, 'credit' as direction, b.amount_minor::text as "amountMinor", b.bank_reference as "bankReference", b.outcome,
  (case
    when b.outcome = 'RETURNED' then (select ${CASH} from journal_entry e join journal_line j using (entry_id) where e.loan_id = b.loan_id and e.source_kind = 'PAYOUT_RETURNED' and e.source_id = b.line_id)
    when r.repayment_id is not null then (select ${CASH} from journal_entry e join journal_line j using (entry_id) where e.loan_id = r.loan_id and e.source_kind = 'REPAYMENT'
      and e.source_id = r.repayment_id and not exists (select from journal_entry x where x.reverses = e.entry_id))
    when s.state <> 'assigned' or t.line_id is not null then b.amount_minor
    else 0 end)::text as "cashMinor"
from bank_line b
left join suspense s using (line_id)
left join repayment r on r.line_id = b.line_id and r.reversed_at is null
left join lateral (select x.line_id from repayment x where x.line_id = b.line_id and x.reversed_at is not null limit 1) t on true
where b.tenant_id = $1 and b.value_on = $2::date and b.booked_at between $2::date - interval '10 days' and $2::date + interval '11 days'`;

const OTHERS = `
select 'loan-booked' as kind, l.payout_id as id, 'debit' as direction, l.principal_minor::text as "amountMinor", null as "bankReference", null as outcome,
  (-(select ${CASH} from journal_entry e join journal_line j using (entry_id) where e.loan_id = l.loan_id and e.source_kind = 'LOAN_BOOKED'))::text as "cashMinor"
from loan l where l.tenant_id = $1 and l.disbursed_on = $2::date
union all
select 'sent-back', s.line_id, 'debit', b.amount_minor::text, s.return_reference, null, b.amount_minor::text
from suspense s join bank_line b using (line_id) where b.tenant_id = $1 and s.state in ('returned', 'passed_on') and (s.ended_at at time zone 'Asia/Shanghai')::date = $2::date
union all
select 'taken-back', r.repayment_id, 'debit', r.amount_minor::text, null, null, r.amount_minor::text
from repayment_reversal v join repayment r using (loan_id, repayment_id)
where r.tenant_id = $1 and v.reason in ('bounced', 'recalled') and (v.reversed_at at time zone 'Asia/Shanghai')::date = $2::date
union all
select 'told', r.repayment_id, 'credit', r.amount_minor::text, r.bank_reference, null, r.amount_minor::text
from repayment r where r.tenant_id = $1 and r.line_id is null and r.reversed_at is null and r.received_on = $2::date`;

/** Reads what the books have moved of cash on a business day of a lender, line by line (Asia/Shanghai). */
export async function readBookDay(queries: Queries, tenantId: string, day: string): Promise<BookMovement[]> {
  const [lines, others] = [await queries.query(LINES, [tenantId, day]), await queries.query(OTHERS, [tenantId, day])];
  return [...lines.rows, ...others.rows] as unknown as BookMovement[];
}
