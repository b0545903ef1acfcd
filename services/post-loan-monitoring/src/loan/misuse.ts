import type { IsoDate } from '@millrace/finance';
import type { LoanFact } from '../projection/loan-facts.js';

/** Money of a loan that was used for something else than agreed, from one day to another, both included; without an end it is misused on. */
export interface BookedMisuse {
  readonly factId: string;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  /** What was misused, in fen; a fact that names no amount classes the loan, and costs nothing. */
  readonly amountMinor: bigint;
}

/** The facts as a play of the loan asks for them (G-PR-07); one that was ended before it began has never held. */
export function factsOfMisuse(misuses: readonly BookedMisuse[]): LoanFact[] {
  return misuses
    .filter(({ from, to }) => to === null || to >= from)
    .map(({ from, to, amountMinor }) => ({ kind: 'misuse', from, to: to ?? undefined, amountMinor }));
}
