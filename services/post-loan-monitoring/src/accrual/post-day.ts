import { AccrualPosted, businessDate, newId, ProvisionComputed, type LoanClass } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { accrualLines } from '../ledger/accrual-lines.js';
import { provisionLines } from '../ledger/provision-lines.js';
import type { JournalLine } from '../ledger/journal-lines.js';
import { provisionChanges, provisionKindOf, type AllowanceBalance, type ClassProvision, type ProvisionChange } from '../provision/provision-changes.js';
import { bookIdOf } from './book-id.js';
import type { DaySum } from './day-sums.js';
import { lockDay, sharesLeft } from './plan-accrual.js';

const SUMS = `
select product_code as "productCode", currency, loan_class as "loanClass", is_opening as "isOpening", sum(interest_minor)::text as "interestMinor", sum(penalty_minor)::text as "penaltyMinor",
  sum(compound_minor)::text as "compoundMinor", sum(memo_minor)::text as "memoMinor", sum(loans)::int as loans, sum(principal_minor)::text as "principalMinor",
  sum(receivable_minor)::text as "receivableMinor", sum(provision_minor)::text as "provisionMinor"
from accrual_sum where tenant_id = $1 and day = $2 group by product_code, currency, loan_class, is_opening order by product_code, currency, loan_class, is_opening`;

const BOOKED = `
select product_code as "productCode", currency, loan_class as "loanClass", provision_minor::text as "provisionMinor" from book_day
where tenant_id = $1 and day = (select max(day) from book_day where tenant_id = $1 and day < $2)`;

/** What sales of claims since that close have taken of what was set aside. */
const USED = `
select coalesce(l.product_code, 'unknown') as "productCode", l.currency, t.loan_class as "loanClass", sum(t.allowance_minor)::text as "provisionMinor"
from claim_transfer t join loan l using (loan_id)
where t.tenant_id = $1 and t.transferred_on <= $2 and t.transferred_on > coalesce((select max(day) from book_day where tenant_id = $1 and day < $2), '-infinity') group by 1, 2, 3`;

const ALLOWANCE = `
select coalesce(e.product_code, l.product_code, 'unknown') as "productCode", coalesce(e.currency, l.currency) as currency, sum(j.credit_minor - j.debit_minor)::text as "balanceMinor"
from journal_line j join journal_entry e using (entry_id) left join loan l on l.loan_id = e.loan_id
where j.account = '1304' and e.tenant_id = $1 and e.value_on <= $2 group by 1, 2`;

const POST = `
with entries as (
  insert into journal_entry (entry_id, tenant_id, loan_id, posted_on, value_on, source_kind, source_id, recorded_at, product_code, currency, loan_class)
  select e.entry_id, $1, null, $2, $3, e.source_kind, null, $4, e.product_code, e.currency, e.loan_class
  from unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[]) as e(entry_id, source_kind, product_code, currency, loan_class)
)
insert into journal_line (entry_id, line_no, account, debit_minor, credit_minor)
select * from unnest($10::uuid[], $11::int[], $12::text[], $13::bigint[], $14::bigint[])`;

const KEEP = `
insert into book_day (tenant_id, day, product_code, currency, loan_class, loans, principal_minor, receivable_minor, provision_minor, provision_change_minor)
select $1, $2, b.* from unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[]) as b`;

const THROUGH = `update accrual_state set accrued_from = coalesce(accrued_from, $2), accrued_through = $2 where tenant_id = $1`;
const CLEAR = `delete from accrual_batch where tenant_id = $1 and day = $2`;

/** An entry of a day's sums. */
interface BookEntry {
  readonly sourceKind: 'ACCRUAL' | 'ACCRUAL_OPENED' | 'PROVISION';
  readonly productCode: string;
  readonly currency: string;
  readonly loanClass: LoanClass;
  readonly lines: readonly JournalLine[];
}

/** The book of a product, currency and class at the end of a day. */
interface ClassOfBook extends ProvisionChange {
  readonly loans: number;
  readonly principalMinor: bigint;
  readonly receivableMinor: bigint;
}

const AMOUNTS = ['interestMinor', 'penaltyMinor', 'compoundMinor', 'memoMinor', 'principalMinor', 'receivableMinor', 'provisionMinor'] as const;
type SumRow = Omit<DaySum, (typeof AMOUNTS)[number]> & Record<(typeof AMOUNTS)[number], string>;

async function readSums(tx: EventTransaction, tenantId: string, day: IsoDate): Promise<DaySum[]> {
  const { rows } = await tx.query<SumRow & Record<string, unknown>>(SUMS, [tenantId, day]);
  return rows.map((row) => ({ ...row, ...Object.fromEntries(AMOUNTS.map((part) => [part, BigInt(row[part])])) }) as unknown as DaySum);
}

/** What was set aside by the close before, and what has become of it. */
interface Booked {
  readonly booked: ClassProvision[];
  readonly used: ClassProvision[];
  readonly allowance: AllowanceBalance[];
}

async function readProvisions(tx: EventTransaction, sql: string, tenantId: string, day: IsoDate): Promise<ClassProvision[]> {
  const { rows } = await tx.query<Omit<ClassProvision, 'provisionMinor'> & { provisionMinor: string }>(sql, [tenantId, day]);
  return rows.map((one) => ({ ...one, provisionMinor: BigInt(one.provisionMinor) }));
}

async function readBooked(tx: EventTransaction, tenantId: string, day: IsoDate): Promise<Booked> {
  const { rows: allowance } = await tx.query<Omit<AllowanceBalance, 'balanceMinor'> & { balanceMinor: string }>(ALLOWANCE, [tenantId, day]);
  return {
    booked: await readProvisions(tx, BOOKED, tenantId, day),
    used: await readProvisions(tx, USED, tenantId, day),
    allowance: allowance.map((one) => ({ ...one, balanceMinor: BigInt(one.balanceMinor) })),
  };
}

/** What a class has on the day, whichever of its loans began to accrue on it. */
function bookOf(sums: readonly DaySum[], changes: readonly ProvisionChange[]): ClassOfBook[] {
  return changes.map((change) => {
    const own = sums.filter((sum) => sum.productCode === change.productCode && sum.currency === change.currency && sum.loanClass === change.loanClass);
    return {
      ...change,
      loans: own.reduce((total, { loans }) => total + loans, 0),
      principalMinor: own.reduce((total, { principalMinor }) => total + principalMinor, 0n),
      receivableMinor: own.reduce((total, { receivableMinor }) => total + receivableMinor, 0n),
    };
  });
}

function neededOf(sums: readonly DaySum[]): ClassProvision[] {
  const groups = Map.groupBy(sums, ({ productCode, currency, loanClass }) => `${productCode} ${currency} ${loanClass}`);
  return [...groups.values()].map((group) => ({
    productCode: group[0]!.productCode,
    currency: group[0]!.currency,
    loanClass: group[0]!.loanClass,
    provisionMinor: group.reduce((total, { provisionMinor }) => total + provisionMinor, 0n),
  }));
}

async function post(tx: EventTransaction, tenantId: string, day: IsoDate, entries: readonly BookEntry[], now: Date): Promise<void> {
  const moved = entries.filter(({ lines }) => lines.length > 0).map((entry) => ({ ...entry, entryId: newId() }));
  if (moved.length === 0) return;
  const lines = moved.flatMap(({ entryId, lines: own }) => own.map((line, at) => ({ ...line, entryId, lineNo: at + 1 })));
  await tx.query(POST, [
    tenantId,
    businessDate(now),
    day,
    now,
    moved.map(({ entryId }) => entryId),
    moved.map(({ sourceKind }) => sourceKind),
    moved.map(({ productCode }) => productCode),
    moved.map(({ currency }) => currency),
    moved.map(({ loanClass }) => loanClass),
    lines.map(({ entryId }) => entryId),
    lines.map(({ lineNo }) => lineNo),
    lines.map(({ account }) => account),
    lines.map(({ debitMinor }) => debitMinor),
    lines.map(({ creditMinor }) => creditMinor),
  ]);
}

async function keep(tx: EventTransaction, tenantId: string, day: IsoDate, book: readonly ClassOfBook[]): Promise<void> {
  await tx.query(KEEP, [
    tenantId,
    day,
    book.map(({ productCode }) => productCode),
    book.map(({ currency }) => currency),
    book.map(({ loanClass }) => loanClass),
    book.map(({ loans }) => loans),
    book.map(({ principalMinor }) => principalMinor),
    book.map(({ receivableMinor }) => receivableMinor),
    book.map(({ provisionMinor }) => provisionMinor),
    book.map(({ changeMinor }) => changeMinor),
  ]);
}

function tell(tx: EventTransaction, tenantId: string, day: IsoDate, sums: readonly DaySum[], book: readonly ClassOfBook[]): void {
  const about = { storyId: bookIdOf(tenantId), tenantId, on: day };
  const accrued = sums.map(({ productCode, currency, loanClass, isOpening, interestMinor, penaltyMinor, compoundMinor, memoMinor }) => ({
    ...{ productCode, currency, loanClass, isOpening, interestMinor: String(interestMinor), penaltyMinor: String(penaltyMinor) },
    ...{ compoundMinor: String(compoundMinor), memoMinor: String(memoMinor) },
  }));
  const provided = book.map(({ productCode, currency, loanClass, loans, principalMinor, receivableMinor, provisionMinor, changeMinor }) => ({
    ...{ productCode, currency, loanClass, kind: provisionKindOf(loanClass), loans, principalMinor: String(principalMinor) },
    ...{ receivableMinor: String(receivableMinor), provisionMinor: String(provisionMinor), changeMinor: String(changeMinor) },
  }));
  tx.emit(new AccrualPosted({ ...about, parts: accrued }));
  tx.emit(new ProvisionComputed({ ...about, parts: provided }));
}

/** Posts the sums of a day once, when all shares are done: what was earned, and what has to be set aside. False while a share is not done. */
export async function postDay(tx: EventTransaction, tenantId: string, day: IsoDate, now: Date): Promise<boolean> {
  const { isPosted } = await lockDay(tx, tenantId, day);
  if (isPosted) return true;
  if ((await sharesLeft(tx, tenantId, day)) > 0) return false;
  const sums = await readSums(tx, tenantId, day);
  const { booked, used, allowance } = await readBooked(tx, tenantId, day);
  const book = bookOf(sums, provisionChanges(neededOf(sums), booked, allowance, used));
  const accruals = sums.map((sum): BookEntry => ({ ...sum, sourceKind: sum.isOpening ? 'ACCRUAL_OPENED' : 'ACCRUAL', lines: accrualLines(sum) }));
  const provisions = book.map((one): BookEntry => ({ ...one, sourceKind: 'PROVISION', lines: provisionLines(one.changeMinor) }));
  await post(tx, tenantId, day, [...accruals, ...provisions], now);
  await keep(tx, tenantId, day, book);
  await tx.query(THROUGH, [tenantId, day]);
  await tx.query(CLEAR, [tenantId, day]);
  tell(tx, tenantId, day, sums, book);
  return true;
}
