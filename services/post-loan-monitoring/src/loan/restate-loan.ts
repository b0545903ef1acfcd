import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { entriesToPost } from '../ledger/correct-journal.js';
import { entryOf, type JournalEntry } from '../ledger/journal-entry.js';
import type { Posting } from '../ledger/posting.js';
import type { PaperLoan, PaperPosting } from '../projection/paper-loan.js';
import type { BookedMovement, LoanAccount } from './loan-account.js';
import { accountAfter, movementOf, playAccount } from './play-account.js';
import { readEntries } from './read-entries.js';
import { storeMovement } from './store-movement.js';

/** What a loan has become, and what was posted for it. */
export interface Restatement {
  readonly loan: PaperLoan;
  readonly after: LoanAccount;
  readonly entries: readonly JournalEntry[];
}

const isOfMoney = (posting: PaperPosting): posting is Posting => posting.kind === 'REPAYMENT' || posting.kind === 'HELD_CREDIT';

/** Money that comes after everything that is posted, as nearly all of it does, changes nothing of what is there. */
function comesLast({ valuedOn, movements }: LoanAccount, { valueOn, repaymentId }: BookedMovement): boolean {
  return valueOn > valuedOn || (valueOn === valuedOn && movements.every((other) => other.valueOn < valueOn || other.repaymentId < repaymentId));
}

/**
 * Plays a loan, whose row is locked, with money that has come in, and writes what that changes: account, schedule and journal; the
 * events are the caller's. Whatever order money
 * becomes known in, the books end the same; what was posted otherwise is taken back by entries of the same value date (F17).
 * @param received undefined where only time has passed
 * @param through held money pays what has fallen due by this day
 */
export async function restateLoan(
  tx: EventTransaction,
  before: LoanAccount,
  received: BookedMovement | undefined,
  through: IsoDate,
  now: Date,
): Promise<Restatement> {
  const movements = received ? [...before.movements, received] : before.movements;
  if (received && !comesLast(before, received)) {
    const loan = playAccount({ ...before, movements }, through);
    return storeRestated(tx, before, { loan, movements, entries: entriesToPost(await readEntries(tx, before.loanId), loan.postings.filter(isOfMoney)) }, now);
  }
  const loan = playAccount(before);
  const posted = loan.postings.length;
  if (received) loan.take(movementOf(received));
  loan.advance(through);
  return storeRestated(tx, before, { loan, movements, entries: loan.postings.slice(posted).filter(isOfMoney).map(entryOf) }, now);
}

interface Restated {
  readonly loan: PaperLoan;
  readonly movements: LoanAccount['movements'];
  readonly entries: readonly JournalEntry[];
}

async function storeRestated(tx: EventTransaction, before: LoanAccount, { loan, movements, entries }: Restated, now: Date): Promise<Restatement> {
  const after = { ...accountAfter(before, loan), movements };
  if (entries.length > 0) await storeMovement(tx, before, after, entries, now);
  return { loan, after, entries };
}
