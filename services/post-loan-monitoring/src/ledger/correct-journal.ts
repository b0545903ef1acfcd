import { newId } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import { entryOf, type JournalEntry } from './journal-entry.js';
import type { JournalLine } from './journal-lines.js';
import type { Posting } from './posting.js';

/** An entry that stands in the journal. */
export interface PostedEntry extends JournalEntry {
  /** Another entry has taken it back. */
  readonly isReversed: boolean;
}

type Compared = Pick<JournalEntry, 'sourceKind' | 'sourceId' | 'valueOn' | 'lines' | 'allocation'>;

const POSTINGS: ReadonlySet<JournalEntry['sourceKind']> = new Set(['REPAYMENT', 'RENEWED', 'HELD_CREDIT']);
const isPosting = ({ sourceKind }: PostedEntry): boolean => POSTINGS.has(sourceKind);
const textOf = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** Two entries of one text say the same of the same money. */
function contentOf({ sourceKind, sourceId, valueOn, lines, allocation }: Compared): string {
  const sides = lines.map(({ account, debitMinor, creditMinor }) => [account, debitMinor, creditMinor]);
  const parts = allocation.map(({ number, bucket, amountMinor }) => [number, bucket, amountMinor]);
  return JSON.stringify([sourceKind, sourceId, valueOn, sides, parts], textOf);
}

const turned = ({ account, debitMinor, creditMinor }: JournalLine): JournalLine => ({ account, debitMinor: creditMinor, creditMinor: debitMinor });

/** Takes an entry back as of its own value date; it is posted today, as every entry is. */
export function reversalOf({ entryId, valueOn, lines }: PostedEntry): JournalEntry {
  return { entryId: newId(), sourceKind: 'REVERSAL', sourceId: null, reverses: entryId, correction: 0, valueOn, lines: lines.map(turned), allocation: [] };
}

/**
 * What is to be posted so that the journal says what the played loan does: entries that are no longer true are taken back first, then what is missing is
 * posted. The journal itself only grows (M-EV-09); where nothing came late, nothing is taken back.
 */
export function entriesToPost(posted: readonly PostedEntry[], postings: readonly Posting[], accruesFrom: IsoDate | null): JournalEntry[] {
  const standing = Map.groupBy(
    posted.filter((entry) => isPosting(entry) && !entry.isReversed),
    contentOf,
  );
  const corrections = new Map<string, number>();
  for (const { sourceId } of posted.filter(isPosting)) if (sourceId !== null) corrections.set(sourceId, (corrections.get(sourceId) ?? 0) + 1);
  const missing = postings.map((posting) => entryOf(posting, accruesFrom)).filter((entry) => standing.get(contentOf(entry))?.shift() === undefined);
  return [
    ...[...standing.values()].flat().map(reversalOf),
    ...missing.map((entry) => ({ ...entry, correction: entry.sourceId === null ? 0 : (corrections.get(entry.sourceId) ?? 0) })),
  ];
}
