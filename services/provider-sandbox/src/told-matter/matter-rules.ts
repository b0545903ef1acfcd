/** What becomes of a matter that a party was told; `afterMs` null: never settled. */
export type MatterFate =
  | { readonly status: 'done'; readonly reason: null; readonly afterMs: number }
  | { readonly status: 'refused'; readonly reason: string; readonly afterMs: number }
  | { readonly status: null; readonly reason: null; readonly afterMs: null };

const SETTLED_AFTER_MS = 60_000;

/** By the last four characters of whom it is about (docs/provider-contract.md). */
const FATES: Readonly<Record<string, MatterFate>> = {
  '9201': { status: 'refused', reason: 'SUBJECT_UNKNOWN', afterMs: 0 },
  '9202': { status: 'done', reason: null, afterMs: SETTLED_AFTER_MS },
  '9203': { status: null, reason: null, afterMs: null },
};

/** Fate of a matter about a firm or a guarantor, by the lender's reference to it. */
export const fateOfMatter = (subjectRef: string): MatterFate => FATES[subjectRef.slice(-4)] ?? { status: 'done', reason: null, afterMs: 0 };
