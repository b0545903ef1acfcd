import { newId } from '@millrace/contracts';
import { reversalOf, type PostedEntry } from '../ledger/correct-journal.js';
import type { JournalEntry } from '../ledger/journal-entry.js';
import { principalIn, type Posting } from '../ledger/posting.js';
import { writeOffLines } from '../ledger/write-off-lines.js';
import type { LoanAccount } from './loan-account.js';

type WrittenOff = Pick<LoanAccount, 'writtenOffOn' | 'writeOffId' | 'principalMinor'>;

/** Postings from the day of a write-off on are recoveries. */
export function markRecoveries({ writtenOffOn }: WrittenOff, postings: readonly Posting[]): Posting[] {
  return postings.map((posting) => (writtenOffOn !== null && posting.valueOn >= writtenOffOn ? { ...posting, isRecovery: true } : posting));
}

/**
 * What is to be posted so that the journal has written off what was owed of principal on that day: nothing where it says so already. Money that counts from
 * before the write-off and became known after it has made that less.
 */
export function writeOffEntries(
  { writtenOffOn, writeOffId, principalMinor }: WrittenOff,
  posted: readonly PostedEntry[],
  postings: readonly Posting[],
): JournalEntry[] {
  if (writtenOffOn === null) return [];
  const paidMinor = postings.filter(({ valueOn }) => valueOn < writtenOffOn).reduce((total, { lines }) => total + principalIn(lines), 0n);
  const leftMinor = principalMinor - paidMinor;
  const known = posted.filter(({ sourceKind }) => sourceKind === 'WRITTEN_OFF');
  const standing = known.find(({ isReversed }) => !isReversed);
  if (standing?.lines[0]?.debitMinor === leftMinor || (!standing && leftMinor === 0n)) return [];
  const lines = writeOffLines(leftMinor);
  const entry: JournalEntry = {
    entryId: newId(),
    sourceKind: 'WRITTEN_OFF',
    sourceId: writeOffId,
    reverses: null,
    correction: known.length,
    valueOn: writtenOffOn,
    lines,
    allocation: [],
  };
  return [...(standing ? [reversalOf(standing)] : []), ...(leftMinor > 0n ? [entry] : [])];
}
