import { addMonths, dayOfMonth, type IsoDate } from '@millrace/finance';
import type { LoanAccount } from '../loan/loan-account.js';
import type { RestructureLoanDto } from './restructuring.dto.js';

type RestructurableLoan = Pick<LoanAccount, 'instalments' | 'maturesOn' | 'repaymentMethod' | 'acceleratedOn' | 'writtenOffOn'>;
type NewTerms = Pick<RestructureLoanDto, 'rateBps' | 'firstDueOn' | 'instalments'>;

/** New dates of a loan, a month apart; null where they stay. A loan that is paid at once at its end has the last of them alone. */
export function newDates({ repaymentMethod }: Pick<LoanAccount, 'repaymentMethod'>, { firstDueOn, instalments }: NewTerms): IsoDate[] | null {
  if (firstDueOn === undefined || instalments === undefined) return null;
  const dates = Array.from({ length: instalments }, (_, index) => addMonths(firstDueOn, index, dayOfMonth(firstDueOn)));
  return repaymentMethod === 'bullet' ? dates.slice(-1) : dates;
}

/** Why a loan cannot be laid out by new terms on a day, in a sentence; undefined where it can. */
export function faultOfTerms(loan: RestructurableLoan, terms: NewTerms, today: IsoDate): string | undefined {
  const { rateBps, firstDueOn, instalments } = terms;
  const left = loan.instalments.filter(({ dueOn }) => dueOn > today && dueOn <= loan.maturesOn).length;
  if (loan.writtenOffOn !== null) return 'The loan was written off.';
  if (loan.acceleratedOn !== null) return 'The loan was called in.';
  if ((firstDueOn === undefined) !== (instalments === undefined)) return 'New dates are given by the first of them and by how many there are, together.';
  const dates = newDates(loan, terms);
  if (dates === null) {
    if (rateBps === undefined) return 'There are no new terms.';
    return left === 0 ? 'The loan has matured; it needs new dates.' : undefined;
  }
  if (firstDueOn! <= today) return `The first new date must be after ${today}.`;
  if (dates.length < left) return `${left} dates are not due yet; there must be as many new ones at least.`;
  if (dates.at(-1)! <= loan.maturesOn) return `The last new date must be after ${loan.maturesOn}.`;
  return undefined;
}
