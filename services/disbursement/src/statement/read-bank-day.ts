/** Anything that runs SQL on the tables of this service. */
interface Queries {
  query(sql: string, values?: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** One line of the statement with what this service takes it for. */
export interface BankLine {
  readonly lineId: string;
  readonly direction: 'credit' | 'debit';
  /** Fen. */
  readonly amountMinor: string;
  readonly bankReference: string;
  /** The payout that a debit is, or that a credit has brought back; null for every other line. */
  readonly payoutId: string | null;
  /** Amount of that payout, in fen. */
  readonly payoutMinor: string | null;
  /** What became of a line that the bank says is a transfer of ours coming back; null for every other line. */
  readonly returnState: 'waiting' | 'returned' | 'unmatched' | null;
}

/** Money that the bank has said moved on the day, and the line of the statement that shows it. */
export interface BankMovement {
  readonly kind: 'payout' | 'direct-debit';
  /** The payout, or the debit. */
  readonly id: string;
  readonly amountMinor: string;
  readonly bankReference: string | null;
  /** False for a payout that names no account of the lender, which no statement shows. */
  readonly isShown: boolean;
  /** Day of its line; null where the statement has none. */
  readonly lineOn: string | null;
  readonly lineMinor: string | null;
}

/** What the bank says of one business day of a lender, by its statement and by its answers. */
export interface BankDay {
  readonly lines: readonly BankLine[];
  readonly movements: readonly BankMovement[];
}

/** A bank shows a line on another day than the one it counts from by a few days at most. */
const SPREAD_DAYS = 10;

const LINES = `
select l.line_id as "lineId", l.direction, l.amount_minor::text as "amountMinor", l.bank_reference as "bankReference", coalesce(p.payout_id, b.payout_id) as "payoutId",
  coalesce(p.amount_minor, b.amount_minor)::text as "payoutMinor", r.state as "returnState"
from bank_line l
left join payout p on l.direction = 'debit' and p.loan_id = l.loan_id and p.tenant_id = l.tenant_id and p.bank_reference = l.bank_reference and p.paid_at is not null
left join payout_return r on r.line_id = l.line_id
left join payout b on b.payout_id = r.payout_id
where l.tenant_id = $1 and l.value_on = $2::date and l.statement_day between $2::date - ${SPREAD_DAYS} and $2::date + ${SPREAD_DAYS} order by l.seq`;

/** The line of a movement has the bank's name of it; the first one counts, as a second is a line of its own. */
const MOVEMENTS = `
with moved as (
  select 'payout' as kind, payout_id as id, amount_minor, bank_reference, payer_account is not null as is_shown, 'debit' as direction, tenant_id
  from payout where tenant_id = $1 and (paid_at at time zone 'Asia/Shanghai')::date = $2::date
  union all
  select 'direct-debit', direct_debit_id, amount_minor, bank_reference, true, 'credit', tenant_id
  from direct_debit where tenant_id = $1 and status = 'COLLECTED' and collected_on = $2::date
)
select m.kind, m.id, m.amount_minor::text as "amountMinor", m.bank_reference as "bankReference", m.is_shown as "isShown", l.value_on::text as "lineOn",
  l.amount_minor::text as "lineMinor"
from moved m left join lateral (
  select value_on, amount_minor from bank_line b where b.tenant_id = m.tenant_id and b.bank_reference = m.bank_reference and b.direction = m.direction order by b.seq limit 1) l on true
order by m.kind, m.id`;

/** Reads what the bank says of a day, counted by the day from which the money counts (Asia/Shanghai). */
export async function readBankDay(queries: Queries, tenantId: string, day: string): Promise<BankDay> {
  const lines = (await queries.query(LINES, [tenantId, day])).rows as unknown as BankLine[];
  const movements = (await queries.query(MOVEMENTS, [tenantId, day])).rows as unknown as BankMovement[];
  return { lines, movements };
}
