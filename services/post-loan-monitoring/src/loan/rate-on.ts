import type { IsoDate } from '@millrace/finance';
import type { LoanAccount } from './loan-account.js';

/** The rate of a loan on a day, in basis points a year: that of its contract, or of the last change by the day that has given it another. */
export function rateOn({ rateBps, changes }: Pick<LoanAccount, 'rateBps' | 'changes'>, on: IsoDate): number {
  const before = changes.filter((change) => change.rateBps !== null && change.valueOn <= on);
  const newest = before.toSorted((a, b) => (a.valueOn < b.valueOn ? -1 : 1)).at(-1);
  return newest?.rateBps ?? rateBps;
}
