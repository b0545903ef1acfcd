import { addMonths, dayOfMonth, type IsoDate } from '@millrace/finance';
import type { ExtensionParameters } from '@millrace/policy';
import type { LoanAccount, TermsChange } from '../loan/loan-account.js';

/** What of a loan an extension asks for. */
export type ExtendableLoan = Pick<LoanAccount, 'tenorMonths' | 'repaymentMethod' | 'maturesOn' | 'instalments' | 'changes'>;

const ONE_BPS = 10_000;

/** Months by which a loan may be extended in all: a short one by its first term, a longer one by half of it (G-WC-07). */
export function mostMonths({ tenorMonths }: Pick<ExtendableLoan, 'tenorMonths'>, parameters: ExtensionParameters): number {
  const { shortTermMonths, shortTermShareBps, longTermShareBps } = parameters;
  return Math.floor((tenorMonths * (tenorMonths <= shortTermMonths ? shortTermShareBps : longTermShareBps)) / ONE_BPS);
}

/** Months by which it was extended before. */
export function monthsBefore(changes: readonly TermsChange[]): number {
  return changes.filter(({ kind }) => kind === 'extension').reduce((total, { months }) => total + months, 0);
}

/**
 * Dates of what is not due yet, with so many months more at the end. A loan that is paid at once at its end has that end moved. Dates keep the day of the
 * month that they had before a short month cut it.
 */
export function extendedDates({ repaymentMethod, instalments, maturesOn, changes }: ExtendableLoan, months: number, on: IsoDate): IsoDate[] {
  // A restructuring may have given the dates another day of the month; after the maturity are rows for which a prepayment has left nothing.
  const since = changes.reduce((latest, { valueOn, dueDates }) => (dueDates !== null && valueOn > latest ? valueOn : latest), '');
  const dates = instalments.map(({ dueOn }) => dueOn).filter((dueOn) => dueOn <= maturesOn);
  const day = Math.max(...dates.filter((dueOn) => dueOn > since).map((dueOn) => dayOfMonth(dueOn)));
  const more = Array.from({ length: months }, (_, index) => addMonths(maturesOn, index + 1, day));
  if (repaymentMethod === 'bullet') return [more.at(-1)!];
  return [...dates.filter((dueOn) => dueOn > on), ...more];
}
