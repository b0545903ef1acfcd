import type { AllocationBucket, AllocationLine, IsoDate } from '@millrace/finance';

/** Money put to use on one day, as one journal entry. */
export interface Posting {
  /** New money, or money held for the borrower that now finds its due. */
  readonly kind: 'REPAYMENT' | 'HELD_CREDIT';
  /** The repayment that brought new money; null for money that was held, which may come from several. */
  readonly movementId: string | null;
  readonly valueOn: IsoDate;
  /** More than zero; the lines and what is unallocated add up to it. */
  readonly amountMinor: bigint;
  readonly lines: readonly AllocationLine[];
  /** New money that nothing is owed for yet; held for the borrower. */
  readonly unallocatedMinor: bigint;
  /** It is the loan that renews this one, and no money came in. */
  readonly isRenewal?: true;
  /** The loan was written off by its day. */
  readonly isRecovery?: true;
}

/** A posting of the books, or money lent. */
export type PaperPosting = Posting | { readonly kind: 'LOAN_BOOKED'; readonly valueOn: IsoDate; readonly amountMinor: bigint };

const INTEREST: readonly AllocationBucket[] = ['overdueInterest', 'currentInterest'];
const PRINCIPAL: readonly AllocationBucket[] = ['overduePrincipal', 'currentPrincipal'];

/** Sum of the lines of some buckets, of one instalment or of all. */
export function sumOf(lines: readonly AllocationLine[], buckets: readonly AllocationBucket[], number?: number): bigint {
  return lines
    .filter((line) => buckets.includes(line.bucket) && (number === undefined || line.number === number))
    .reduce((total, line) => total + line.amountMinor, 0n);
}

export const interestIn = (lines: readonly AllocationLine[], number?: number): bigint => sumOf(lines, INTEREST, number);
export const principalIn = (lines: readonly AllocationLine[], number?: number): bigint => sumOf(lines, PRINCIPAL, number);
