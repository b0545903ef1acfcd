import type { IsoDate } from '@millrace/finance';
import { paidOf } from './paper-due.js';
import type { PaperLoan } from './paper-loan.js';

/** Interest and charges for lateness, by kind; in fen. */
export interface InterestParts {
  readonly interestMinor: bigint;
  readonly penaltyMinor: bigint;
  readonly compoundMinor: bigint;
}

export const sumOfParts = ({ interestMinor, penaltyMinor, compoundMinor }: InterestParts): bigint => interestMinor + penaltyMinor + compoundMinor;

export const addParts = (a: InterestParts, b: InterestParts): InterestParts => ({
  interestMinor: a.interestMinor + b.interestMinor,
  penaltyMinor: a.penaltyMinor + b.penaltyMinor,
  compoundMinor: a.compoundMinor + b.compoundMinor,
});

/** What is due or has been earned by the end of a day, and is not paid. */
export const unpaidParts = (loan: PaperLoan, on: IsoDate): InterestParts => ({ interestMinor: loan.interestOn(on), ...loan.lateChargesOn(on) });

/** What was paid of interest and charges by the end of a day. */
export function paidParts({ dues }: PaperLoan, through: IsoDate): InterestParts {
  const paid = (part: keyof InterestParts): bigint => dues.reduce((total, due) => total + paidOf(due, part, through), 0n);
  return { interestMinor: paid('interestMinor'), penaltyMinor: paid('penaltyMinor'), compoundMinor: paid('compoundMinor') };
}

/** What has been earned of a loan from its first day to the end of a day, paid or not; the loan must stand as the day leaves it. */
export const earnedBy = (loan: PaperLoan, on: IsoDate): InterestParts => addParts(unpaidParts(loan, on), paidParts(loan, on));
