import { businessDate } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { entriesToPost } from '../ledger/correct-journal.js';
import type { SoldClaim } from '../ledger/claim-transfer-lines.js';
import { claimTransferEntry, entryOf, returnEntry, type JournalEntry } from '../ledger/journal-entry.js';
import type { PaperPosting, Posting } from '../ledger/posting.js';
import type { PaperLoan } from '../projection/paper-loan.js';
import { asksOtherwise } from './changed-schedule.js';
import type { BookedMovement, LoanAccount, TermsChange } from './loan-account.js';
import { accrualCorrections, correctionsFrom, returnedAccrual } from './correct-accrual.js';
import { accountAfter, movementOf, playAccount } from './play-account.js';
import { readEntries } from './read-entries.js';
import { storeMovement } from './store-movement.js';
import { storeSchedule } from './store-schedule.js';
import { markRecoveries, writeOffEntries } from './write-off-entries.js';

/** What a loan has become, and what was posted for it. */
export interface Restatement {
  readonly loan: PaperLoan;
  readonly after: LoanAccount;
  readonly entries: readonly JournalEntry[];
}

const isOfMoney = (posting: PaperPosting): posting is Posting => posting.kind === 'REPAYMENT' || posting.kind === 'HELD_CREDIT';

/** Money that comes after everything that is posted, as nearly all of it does, changes nothing of what is there. */
function comesLast({ valuedOn, movements, changes }: LoanAccount, { valueOn, repaymentId }: BookedMovement): boolean {
  const isAfter = (other: { readonly valueOn: IsoDate }, id: string): boolean => other.valueOn < valueOn || (other.valueOn === valueOn && id < repaymentId);
  if (!changes.every((change) => isAfter(change, change.changeId))) return false;
  return valueOn > valuedOn || (valueOn === valuedOn && movements.every((movement) => isAfter(movement, movement.repaymentId)));
}

/** The money that has come in, where nothing else is another than before and it comes last; undefined where the loan is to be played anew. */
function onlyAdded(before: LoanAccount, movements: readonly BookedMovement[]): readonly BookedMovement[] | undefined {
  const added = movements.slice(before.movements.length);
  // What comes of a loan that was called in or written off may change what was posted on that day; such loans are few.
  if (before.acceleratedOn !== null || before.writtenOffOn !== null) return undefined;
  const goesOn = before.movements.every((movement, index) => movements[index] === movement);
  return goesOn && added.length <= 1 && added.every((movement) => comesLast(before, movement)) ? added : undefined;
}

/**
 * Plays a loan, whose row is locked, by the money that counts now, and writes what that changes: account, schedule and journal; the events are the caller's.
 * Whatever order money becomes known in, the books end the same; what was posted otherwise is taken back by entries of the same value date (F17).
 * @param movements those of before, with one more, or without one that the bank took back
 * @param through held money pays what has fallen due by this day
 */
export async function restateLoan(
  tx: EventTransaction,
  before: LoanAccount,
  movements: readonly BookedMovement[],
  through: IsoDate,
  now: Date,
): Promise<Restatement> {
  const added = onlyAdded(before, movements);
  const known = { ...before, movements };
  const corrections = await accrualCorrections(tx, before, movements, businessDate(now));
  if (!added) return playAnew(tx, before, known, { through, corrections }, now);
  const loan = playAccount(before);
  const posted = loan.postings.length;
  for (const movement of added) loan.take(movementOf(movement));
  loan.advance(through);
  const postings = loan.postings.slice(posted).filter(isOfMoney);
  const entries = postings.map((posting) => entryOf(posting, before.accruesFrom));
  return storeRestated(tx, before, known, { loan, entries: [...corrections, ...entries] }, now);
}

/** Plays a loan, whose row is locked, by new terms from their day on, and writes what that changes: the old schedule is kept beside the new one. */
export async function changeTerms(tx: EventTransaction, before: LoanAccount, change: TermsChange, now: Date): Promise<Restatement> {
  const known = { ...before, changes: [...before.changes, change] };
  const corrections = await correctionsFrom(tx, before, known, change.valueOn, businessDate(now));
  return playAnew(tx, before, known, { through: before.valuedOn, corrections }, now);
}

/**
 * Repays a loan, whose row is locked, with the loan that renews it, and writes what that changes: account, schedule and journal; the events are the caller's.
 * @param movement what the new loan lends, from the day of its contract on
 */
export async function repayByRenewal(
  tx: EventTransaction,
  before: LoanAccount,
  movement: BookedMovement,
  renewedByLoanId: string,
  now: Date,
): Promise<Restatement> {
  const movements = [...before.movements, movement];
  const through = businessDate(now);
  const corrections = await accrualCorrections(tx, before, movements, through);
  return playAnew(tx, before, { ...before, movements, renewedByLoanId }, { through, corrections }, now);
}

/** Marks the posting that is the loan which renews this one. */
function markRenewal({ movements }: Pick<LoanAccount, 'movements'>, postings: readonly Posting[]): Posting[] {
  const renewal = movements.find(({ isRenewal }) => isRenewal)?.repaymentId;
  return postings.map((posting) => (renewal !== undefined && posting.movementId === renewal ? { ...posting, isRenewal: true } : posting));
}

/** Up to when held money pays, and what is to be posted of the accrual besides. */
interface Replay {
  readonly through: IsoDate;
  readonly corrections: readonly JournalEntry[];
}

/**
 * Plays a loan, whose row is locked and whose money was taken out of it, as one whose payout has come back, and writes what that changes: nothing was ever owed
 * of it, and what was accrued of interest is taken back on its own days (R-DB-08, F17).
 */
export async function voidLoan(
  tx: EventTransaction,
  before: LoanAccount,
  line: { readonly lineId: string; readonly valueOn: IsoDate },
  now: Date,
): Promise<Restatement> {
  const returned: LoanAccount = { ...before, returnedOn: line.valueOn, returnLineId: line.lineId };
  const loan = playAccount(returned);
  const corrections = await returnedAccrual(tx, before, returned);
  return storeRestated(tx, before, returned, { loan, entries: [...corrections, returnEntry(line.lineId, line.valueOn, before.principalMinor)] }, now);
}

/** Who has the claim of a loan sold, and from when. */
export interface ClaimSale {
  readonly transferId: string;
  readonly transferredOn: IsoDate;
  /** Name of the buyer. */
  readonly transferredTo: string;
  /** What the history of the loan holds of who has asked and who has decided. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/**
 * Takes a loan, whose row is locked, out of the books, as its claim was sold, and writes what that changes; the events are the caller's. Nothing of its money
 * becomes another: it was all known before.
 */
export function sellLoan(tx: EventTransaction, before: LoanAccount, { evidence, ...sale }: ClaimSale, claim: SoldClaim, now: Date): Promise<Restatement> {
  const known: LoanAccount = { ...before, ...sale };
  const entries = [claimTransferEntry(sale.transferId, sale.transferredOn, claim)];
  return storeRestated(tx, before, known, { loan: playAccount(known), entries }, now, evidence);
}

/** Plays a loan, whose row is locked, by all that is known of it now. */
export async function playAnew(
  tx: EventTransaction,
  before: LoanAccount,
  known: LoanAccount,
  { through, corrections }: Replay,
  now: Date,
): Promise<Restatement> {
  const loan = playAccount(known, through);
  const postings = loan.postings.filter(isOfMoney);
  const posted = await readEntries(tx, before.loanId);
  const marked = markRenewal(known, markRecoveries(before, postings));
  const ofMoney = [...entriesToPost(posted, marked, before.accruesFrom), ...writeOffEntries(before, posted, postings)];
  return storeRestated(tx, before, known, { loan, entries: [...corrections, ...ofMoney] }, now);
}

async function storeRestated(
  tx: EventTransaction,
  before: LoanAccount,
  known: LoanAccount,
  { loan, entries }: Pick<Restatement, 'loan' | 'entries'>,
  now: Date,
  evidence: Readonly<Record<string, unknown>> = {},
): Promise<Restatement> {
  const after = accountAfter(known, loan);
  if (asksOtherwise(before, after)) await storeSchedule(tx, after, now);
  // Where its terms were changed or it was called in, a loan has other dues, though nothing is posted.
  const isOtherwise = after.instalments.some((row, index) => row !== before.instalments[index]) || after.valuedOn !== before.valuedOn;
  if (isOtherwise || entries.length > 0) await storeMovement(tx, before, after, entries, now, evidence);
  return { loan, after, entries };
}
