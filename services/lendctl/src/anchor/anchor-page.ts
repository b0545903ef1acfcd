import { createHash } from 'node:crypto';

/** Raised when a later build writes pages that this one cannot read. */
const FORMAT = 1;

/** What the first page says of the page before it. */
export const BEFORE_FIRST = '0'.repeat(64);

/** The history of one application as it ended: application, number of its last row, and the hash that seals it and all rows before. */
export type AnchoredHead = readonly [applicationId: string, seq: number, rowSha256: string];

/** A stretch of rows of an append-only table. */
export interface AnchoredStretch {
  /** See `ANCHORED_TABLES`. */
  readonly table: string;
  /** Position after which it begins, not included. */
  readonly after: string;
  /** Its last position, included. */
  readonly upTo: string;
  readonly rows: number;
  /** SHA-256 over the rows in order. */
  readonly sha256: string;
}

/** Where the next anchor goes on. */
export interface AnchorState {
  /** Applications that changed before it are anchored; none are where it is missing. */
  readonly changedSince?: string;
  /** Last anchored position of each table. */
  readonly ends: Readonly<Record<string, string>>;
}

/** One record of the topic of anchors. Each page stands for itself; its number and the hash of the page before show one that was taken out. */
export interface AnchorPage {
  readonly format: typeof FORMAT;
  /** From 1, over all anchors. */
  readonly number: number;
  readonly previousSha256: string;
  readonly anchoredAt: string;
  readonly heads: readonly AnchoredHead[];
  readonly stretches: readonly AnchoredStretch[];
  /** In the last page of an anchor alone: one without it was broken off. */
  readonly state?: AnchorState;
}

/** A page as it lies on the log or in a file. */
export interface StoredPage {
  readonly text: string;
  readonly sha256: string;
  /** Undefined for something that is no page. */
  readonly page: AnchorPage | undefined;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function writePage(page: Omit<AnchorPage, 'format'>): string {
  return JSON.stringify({ format: FORMAT, ...page });
}

export function readPage(text: string): StoredPage {
  const sha256 = hashOf(text);
  try {
    const page = JSON.parse(text) as AnchorPage;
    const known = page.format === FORMAT && Number.isInteger(page.number) && Array.isArray(page.heads) && Array.isArray(page.stretches);
    return { text, sha256, page: known ? page : undefined };
  } catch {
    return { text, sha256, page: undefined };
  }
}
