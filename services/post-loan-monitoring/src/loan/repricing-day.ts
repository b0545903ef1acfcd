import type { RepricingDay } from '@millrace/contracts';
import { addMonths, dayOfMonth, parseDate, type IsoDate } from '@millrace/finance';

const MONTHS_OF_YEAR = 12;

/** The first repricing day of a loan after a date; what 29 February is in a common year is its last day. */
export function nextRepricingOn(repricesOn: RepricingDay, disbursedOn: IsoDate, after: IsoDate): IsoDate {
  const { year } = parseDate(after);
  if (repricesOn === 'january_first') return `${year + 1}-01-01`;
  const inYear = (of: number): IsoDate => addMonths(disbursedOn, MONTHS_OF_YEAR * (of - parseDate(disbursedOn).year), dayOfMonth(disbursedOn));
  return inYear(year) > after ? inYear(year) : inYear(year + 1);
}
