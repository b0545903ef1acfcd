import type { LoanClass } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { accrualCorrection, type JournalEntry } from '../ledger/journal-entry.js';
import { less, NOTHING_ACCRUED, type Accrued } from '../ledger/accrual-lines.js';
import { accruedDays, type AccruingAccount, type ClassOn } from './accrue-account.js';
import type { BookedMovement, LoanAccount } from './loan-account.js';
import type { Queries } from './read-account.js';

/** Locked, so that no day is planned or ended while it is asked which days have taken the loan in. */
const STATE = `select accrued_from::text as "from", accrued_through::text as through from accrual_state where tenant_id = $1 for share`;
/** Waits for the share of the day that the loan is in, where it is being worked on. */
const UNDER_WAY = `
select day::text as day, done_at is not null as "isDone" from accrual_batch
where tenant_id = $1 and from_loan <= $2 and (before_loan is null or $2 < before_loan) for share`;

const CLASSES = `
select loan_id as "loanId", valid_on::text as "validOn", loan_class as "loanClass" from loan_standing_history where loan_id = any($1) order by loan_id, valid_on, seq`;

/** Days whose accrual has taken a loan in, both included. */
interface AccruedSpan {
  readonly from: IsoDate;
  readonly through: IsoDate;
}

/** Undefined before the first. The loan's row is locked, and the answer holds until the transaction ends. */
async function accruedSpan(tx: EventTransaction, tenantId: string, loanId: string): Promise<AccruedSpan | undefined> {
  const { rows: states } = await tx.query<{ from: IsoDate | null; through: IsoDate | null }>(STATE, [tenantId]);
  const { rows: shares } = await tx.query<{ day: IsoDate; isDone: boolean }>(UNDER_WAY, [tenantId, loanId]);
  const [share] = shares;
  const through = share?.isDone ? share.day : (states[0]?.through ?? undefined);
  return through === undefined ? undefined : { from: states[0]?.from ?? through, through };
}

/** The classes that loans had on each day, as their histories tell. */
export async function readClasses(queries: Queries, loanIds: readonly string[]): Promise<(loanId: string) => ClassOn> {
  const { rows } = await queries.query<{ loanId: string; validOn: IsoDate; loanClass: LoanClass }>(CLASSES, [loanIds]);
  const histories = Map.groupBy(rows, ({ loanId }) => loanId);
  return (loanId) => {
    const own = histories.get(loanId) ?? [];
    return (on) => own.findLast(({ validOn }) => validOn <= on)?.loanClass ?? 'NORMAL';
  };
}

/** How what was accrued by each day changes, as entries of those days on which it does. */
export function correctionsBetween(before: AccruingAccount | null, after: AccruingAccount, { from, through }: AccruedSpan, classOn: ClassOn): JournalEntry[] {
  const was = new Map<IsoDate, Accrued>();
  if (before) for (const { on, accrued } of accruedDays(before, from, through, classOn)) was.set(on, accrued);
  const entries: JournalEntry[] = [];
  let corrected = NOTHING_ACCRUED;
  for (const { on, accrued } of accruedDays(after, from, through, classOn)) {
    const wanted = less(accrued, was.get(on) ?? NOTHING_ACCRUED);
    const entry = accrualCorrection(on, less(wanted, corrected));
    if (entry.lines.length > 0) entries.push(entry);
    corrected = wanted;
  }
  return entries;
}

/** The first value date on which the money that counts is another than before. */
function changedFrom(before: readonly BookedMovement[], after: readonly BookedMovement[]): IsoDate | undefined {
  const [was, is] = [new Set(before), new Set(after)];
  const changed = [...before.filter((movement) => !is.has(movement)), ...after.filter((movement) => !was.has(movement))];
  return changed.map(({ valueOn }) => valueOn).toSorted()[0];
}

/**
 * What was accrued on closed days is brought to what other money makes of them: entries of today with the value dates of those days (F17). Money of today
 * changes no day that has ended, and asks nobody.
 */
export async function accrualCorrections(
  tx: EventTransaction,
  before: LoanAccount,
  movements: readonly BookedMovement[],
  today: IsoDate,
): Promise<JournalEntry[]> {
  const from = changedFrom(before.movements, movements);
  return from === undefined ? [] : correctionsFrom(tx, before, { ...before, movements }, from, today);
}

/** The same for a loan of which anything else is known otherwise than before, from a day on. */
export async function correctionsFrom(
  tx: EventTransaction,
  before: LoanAccount,
  after: AccruingAccount,
  from: IsoDate,
  today: IsoDate,
): Promise<JournalEntry[]> {
  if (before.accruesFrom === null) return [];
  if (from >= today && (before.accruedThrough === null || before.accruedThrough < from)) return [];
  const span = await accruedSpan(tx, before.tenantId, before.loanId);
  if (span === undefined || span.through < from) return [];
  const classOn = (await readClasses(tx, [before.loanId]))(before.loanId);
  return correctionsBetween(before, after, { ...span, from: from > span.from ? from : span.from }, classOn);
}

/**
 * What the books have of a loan's interest is taken back, with the value dates of the days on which it was posted.
 * @param after the same loan, void
 */
export async function returnedAccrual(tx: EventTransaction, before: LoanAccount, after: LoanAccount): Promise<JournalEntry[]> {
  if (before.accruesFrom === null) return [];
  const span = await accruedSpan(tx, before.tenantId, before.loanId);
  if (span === undefined) return [];
  const classOn = (await readClasses(tx, [before.loanId]))(before.loanId);
  return correctionsBetween(before, after, span, classOn);
}

/** A loan that is booked when days of it are closed already: what it has earned on them. */
export async function missedAccrual(tx: EventTransaction, account: LoanAccount): Promise<JournalEntry[]> {
  const span = await accruedSpan(tx, account.tenantId, account.loanId);
  return span === undefined ? [] : correctionsBetween(null, account, span, () => 'NORMAL');
}
