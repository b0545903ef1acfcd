import { businessDate } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { historyInsert, historyValues, type SealedEntry } from '@millrace/process';
import { allocationColumns, correctionColumns, entryColumns, lineColumns, type JournalEntry } from '../ledger/journal-entry.js';
import { isOpen, type LoanAccount } from './loan-account.js';
import { sealStep } from './loan-history.js';
import { LOAN_PROCESS, LOAN_SUBJECT } from './loan-process.js';
import { triggerOfMoney } from './play-account.js';

/** One statement for everything that a movement of money changes; the database refuses it at the commit unless every entry balances (M-EV-09). */
const STORE = `
with account as (
  update loan set status = $2, outstanding_principal_minor = $3, held_minor = $4, oldest_due_on = $5, valued_on = $6, settled_on = $7, updated_at = $14,
    live = $29, history_seq = $30, history_head = $31, late_until = $34, returned_on = $35, return_line_id = $36, transferred_on = $37, transfer_id = $38
  where loan_id = $1
), paid as (
  update instalment i set paid_principal_minor = p.principal, paid_interest_minor = p.interest, waived_interest_minor = p.waived
  from unnest($8::int[], $9::bigint[], $10::bigint[], $11::bigint[]) as p(number, principal, interest, waived) where i.loan_id = $1 and i.number = p.number
), entries as (
  insert into journal_entry (entry_id, tenant_id, loan_id, posted_on, value_on, source_kind, source_id, recorded_at, reverses, correction)
  select e.entry_id, $12, $1, $13, e.value_on, e.source_kind, e.source_id, $14, e.reverses, e.correction
  from unnest($15::uuid[], $16::text[], $17::uuid[], $18::date[], $32::uuid[], $33::int[]) with ordinality
    as e(entry_id, source_kind, source_id, value_on, reverses, correction, place) order by e.place
), lines as (
  insert into journal_line (entry_id, line_no, account, debit_minor, credit_minor)
  select * from unnest($19::uuid[], $20::int[], $21::text[], $22::bigint[], $23::bigint[])
)
insert into allocation (entry_id, line_no, loan_id, instalment, bucket, amount_minor)
select a.entry_id, a.line_no, $1, a.instalment, a.bucket, a.amount_minor
from unnest($24::uuid[], $25::int[], $26::int[], $27::text[], $28::bigint[]) as a(entry_id, line_no, instalment, bucket, amount_minor)`;

/**
 * Writes an account as a movement left it, with its journal entries; what follows from it is for the caller to write and to emit.
 * @param said what the history holds besides of a step that people have decided
 */
export async function storeMovement(
  tx: EventTransaction,
  before: LoanAccount,
  after: LoanAccount,
  entries: readonly JournalEntry[],
  now: Date,
  said: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const step = stepOf(tx, before, after, { entryId: entries.at(-1)?.entryId, settledOn: after.settledOn, ...said }, now);
  const changed = after.instalments.filter((row, index) => row !== before.instalments[index]);
  await tx.query(STORE, [
    after.loanId,
    after.status,
    after.outstandingPrincipalMinor,
    after.heldMinor,
    oldestDueOn(after),
    after.valuedOn,
    after.settledOn,
    changed.map(({ number }) => number),
    changed.map(({ paidPrincipalMinor }) => paidPrincipalMinor),
    changed.map(({ paidInterestMinor }) => paidInterestMinor),
    changed.map(({ waivedInterestMinor }) => waivedInterestMinor),
    after.tenantId,
    businessDate(now),
    now,
    ...entryColumns(entries),
    ...lineColumns(entries),
    ...allocationColumns(entries),
    LOAN_PROCESS.isLive(after.status),
    step?.seq ?? before.historySeq,
    step?.rowSha256 ?? before.historyHead,
    ...correctionColumns(entries),
    after.lateUntil,
    after.returnedOn,
    after.returnLineId,
    after.transferredOn,
    after.transferId,
  ]);
  if (!step) return;
  await tx.query(HISTORY, historyValues(after.loanId, step));
  if (after.transferredOn !== null) return;
  if (after.settledOn === null) await tx.query(REOPEN, [after.loanId]);
  else await tx.query(END, [after.loanId, after.tenantId, after.settledOn]);
}

/** Due date of the oldest row that is open; all rows of a loan that was called in are due by that day. */
function oldestDueOn({ instalments, acceleratedOn }: LoanAccount): IsoDate | null {
  const dueOn = instalments.find(isOpen)?.dueOn;
  if (dueOn === undefined) return null;
  return acceleratedOn !== null && acceleratedOn < dueOn ? acceleratedOn : dueOn;
}

/** Its file is closed some days later. */
const END = `insert into loan_ending (loan_id, tenant_id, settled_on) values ($1, $2, $3)
on conflict (loan_id) do update set settled_on = excluded.settled_on, lettered_on = null`;
/** A file that was closed is worked with again, and is kept from its next end on. */
const REOPEN = `
with ending as (delete from loan_ending where loan_id = $1)
update loan set closed_on = null, retain_until = null where loan_id = $1 and closed_on is not null`;
const HISTORY = historyInsert(LOAN_SUBJECT, 1);

/** A movement that changes the status is a step of the loan's process, and names the entry that made it. */
function stepOf(
  { context }: EventTransaction,
  before: LoanAccount,
  after: LoanAccount,
  evidence: Readonly<Record<string, unknown>>,
  now: Date,
): SealedEntry | undefined {
  if (before.status === after.status) return undefined;
  const { loanId, settledOn } = after;
  const history = { seq: before.historySeq, head: before.historyHead };
  const isRenewed = before.renewedByLoanId === null && after.renewedByLoanId !== null;
  const trigger = isRenewed ? 'Renewed' : triggerOfMoney(after, settledOn !== null);
  const reason = reasonOf(after, isRenewed);
  return sealStep(context, { loanId, from: before.status, to: after.status, trigger, reason, evidence, history }, now);
}

/** Code of why a movement has changed the status. */
function reasonOf({ returnedOn, transferredOn, settledOn }: LoanAccount, isRenewed: boolean): string {
  if (returnedOn !== null) return 'PAYOUT_RETURNED';
  if (transferredOn !== null) return 'CLAIM_TRANSFERRED';
  if (settledOn === null) return 'MONEY_TAKEN_BACK';
  return isRenewed ? 'RENEWED' : 'SETTLED';
}
