import { contentHash } from '@millrace/contracts';
import type { Actor } from '@millrace/messaging';

/** Head of a chain that has no row yet. */
export const EMPTY_CHAIN = '0'.repeat(64);

/** One step of a subject's history (R-OP-09), without the id of the subject. */
export interface HistoryEntry {
  /** 1 for the first row of the subject. */
  readonly seq: number;
  /** Trigger of the process, or what was noted beside it (an offer shown, a forbidden decision tried). */
  readonly trigger: string;
  readonly effect: 'moved' | 'recorded' | 'ignored' | 'noted';
  readonly statusFrom: string;
  readonly statusTo: string;
  readonly actor: Actor;
  /** Machine-readable reason. */
  readonly reason: string;
  /** Ids, amounts, codes and hashes that the step rests on; whole numbers and strings only, no personal data. */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly causationId: string;
  readonly at: Date;
}

/** A step as it is sealed: with the id of its subject under the name that the subject's table gives it. */
export type HistoryRow<Id extends string> = HistoryEntry & Readonly<Record<Id, string>>;

/** What a stored row has besides. */
export interface Seal {
  /** Seal of the row before it; {@link EMPTY_CHAIN} for the first. */
  readonly prevSha256: string;
  readonly rowSha256: string;
}

/** Hash that seals a row, as a {@link HistoryRow}, and through `prevSha256` every row before it (R-OP-06). */
export function sealRow(row: HistoryEntry, prevSha256: string): string {
  return contentHash({ ...row, prevSha256 });
}

/** Number of the first row whose seal does not hold, or undefined for a sound chain of {@link HistoryRow}s that ends in `head`. */
export function firstBrokenRow(rows: readonly (HistoryEntry & Seal)[], head: string): number | undefined {
  let previous = EMPTY_CHAIN;
  for (const [index, { prevSha256, rowSha256, ...row }] of rows.entries()) {
    if (row.seq !== index + 1 || prevSha256 !== previous || sealRow(row, prevSha256) !== rowSha256) return index + 1;
    previous = rowSha256;
  }
  return previous === head ? undefined : rows.length + 1;
}
