import { newId } from '@millrace/contracts';
import type { AllocationLine, IsoDate } from '@millrace/finance';
import { accrualLines, receiptLines, type Accrued } from './accrual-lines.js';
import { claimTransferLines, type SoldClaim } from './claim-transfer-lines.js';
import { postingLines, returnLines, type JournalLine } from './journal-lines.js';
import type { Posting } from './posting.js';
import { recoveryLines } from './write-off-lines.js';

/** A balanced movement of money, ready to be posted. */
export interface JournalEntry {
  readonly entryId: string;
  readonly sourceKind: 'LOAN_BOOKED' | 'RENEWED' | 'REVERSAL' | 'WRITTEN_OFF' | 'ACCRUAL_CORRECTED' | 'PAYOUT_RETURNED' | 'CLAIM_TRANSFERRED' | Posting['kind'];
  /** Payout, settlement of a renewal, repayment, request of a write-off or of a transfer, or line of a payout that came back; null for money that was held, which may come from several repayments, and for what corrects. */
  readonly sourceId: string | null;
  /** The entry that this one takes back. */
  readonly reverses: string | null;
  /** How often the same source was posted before, and taken back as something became known late. */
  readonly correction: number;
  readonly valueOn: IsoDate;
  readonly lines: readonly JournalLine[];
  /** What it paid of which instalment. */
  readonly allocation: readonly AllocationLine[];
}

function linesOf(posting: Posting, accruesFrom: IsoDate | null): JournalLine[] {
  if (posting.isRecovery) return recoveryLines(posting);
  return accruesFrom !== null && posting.valueOn > accruesFrom ? receiptLines(posting) : postingLines(posting);
}

/** @param accruesFrom day by whose end interest was income when it was paid; null where the books of the loan do not accrue yet */
export function entryOf(posting: Posting, accruesFrom: IsoDate | null): JournalEntry {
  const { kind, movementId, valueOn, lines, isRenewal } = posting;
  return {
    entryId: newId(),
    sourceKind: isRenewal ? 'RENEWED' : kind,
    sourceId: movementId,
    reverses: null,
    correction: 0,
    valueOn,
    lines: linesOf(posting, accruesFrom),
    allocation: lines,
  };
}

/** The payout has come back: cash again, and nobody owes it (退汇). It counts from the day of the bank, as the money was out until then. */
export function returnEntry(lineId: string, valueOn: IsoDate, principalMinor: bigint): JournalEntry {
  const lines = returnLines(principalMinor);
  return { entryId: newId(), sourceKind: 'PAYOUT_RETURNED', sourceId: lineId, reverses: null, correction: 0, valueOn, lines, allocation: [] };
}

/** The claim was sold, and has left the books. */
export function claimTransferEntry(transferId: string, valueOn: IsoDate, claim: SoldClaim): JournalEntry {
  const lines = claimTransferLines(claim);
  return { entryId: newId(), sourceKind: 'CLAIM_TRANSFERRED', sourceId: transferId, reverses: null, correction: 0, valueOn, lines, allocation: [] };
}

/** Brings what was accrued on a closed day to what is known of it now. */
export function accrualCorrection(valueOn: IsoDate, change: Accrued): JournalEntry {
  const lines = accrualLines(change);
  return { entryId: newId(), sourceKind: 'ACCRUAL_CORRECTED', sourceId: null, reverses: null, correction: 0, valueOn, lines, allocation: [] };
}

/** Entries as columns for `unnest`, in the order of posting. */
export function entryColumns(entries: readonly JournalEntry[]): unknown[] {
  return [
    entries.map(({ entryId }) => entryId),
    entries.map(({ sourceKind }) => sourceKind),
    entries.map(({ sourceId }) => sourceId),
    entries.map(({ valueOn }) => valueOn),
  ];
}

/** What entries correct, likewise. */
export function correctionColumns(entries: readonly JournalEntry[]): unknown[] {
  return [entries.map(({ reverses }) => reverses), entries.map(({ correction }) => correction)];
}

/** Lines of the entries, likewise. */
export function lineColumns(entries: readonly JournalEntry[]): unknown[] {
  const lines = entries.flatMap(({ entryId, lines: own }) => own.map((line, index) => ({ entryId, lineNo: index + 1, ...line })));
  return [
    lines.map(({ entryId }) => entryId),
    lines.map(({ lineNo }) => lineNo),
    lines.map(({ account }) => account),
    lines.map(({ debitMinor }) => debitMinor),
    lines.map(({ creditMinor }) => creditMinor),
  ];
}

/** Allocation of the entries, likewise. */
export function allocationColumns(entries: readonly JournalEntry[]): unknown[] {
  const parts = entries.flatMap(({ entryId, allocation }) => allocation.map((part, index) => ({ entryId, lineNo: index + 1, ...part })));
  return [
    parts.map(({ entryId }) => entryId),
    parts.map(({ lineNo }) => lineNo),
    parts.map(({ number }) => number),
    parts.map(({ bucket }) => bucket),
    parts.map(({ amountMinor }) => amountMinor),
  ];
}
