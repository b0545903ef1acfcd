import type { Actor } from '@millrace/messaging';
import { contentHash } from '@millrace/service';

/** Head of a chain that has no row yet. */
export const EMPTY_CHAIN = '0'.repeat(64);

/** One row of an application's history (R-OP-09). */
export interface HistoryRow {
  readonly applicationId: string;
  readonly seq: number;
  /** Trigger of the process, or what was noted beside it (an offer shown, a forbidden decision tried). */
  readonly trigger: string;
  readonly effect: 'moved' | 'recorded' | 'ignored' | 'noted';
  readonly statusFrom: string;
  readonly statusTo: string;
  readonly actor: Actor;
  readonly reason: string;
  /** Ids, amounts, codes and hashes that the step rests on; whole numbers and strings only, no personal data. */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly causationId: string;
  readonly at: Date;
}

/** Hash that seals a row and, through `prevSha256`, every row before it. */
export function sealRow(row: HistoryRow, prevSha256: string): string {
  return contentHash({ ...row, prevSha256 });
}

/** Number of the first row whose seal does not hold, or undefined for a sound chain that ends in `head`. */
export function firstBrokenRow(rows: readonly (HistoryRow & { prevSha256: string; rowSha256: string })[], head: string): number | undefined {
  let previous = EMPTY_CHAIN;
  for (const [index, { prevSha256, rowSha256, ...row }] of rows.entries()) {
    if (row.seq !== index + 1 || prevSha256 !== previous || sealRow(row, prevSha256) !== rowSha256) return index + 1;
    previous = rowSha256;
  }
  return previous === head ? undefined : rows.length + 1;
}
