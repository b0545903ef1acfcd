import { addMonths, dayOfMonth, wholeMonthsBetween, type IsoDate } from './calendar-date.js';
import { yearFraction, type DayCount, type YearFraction } from './day-count.js';

/** One interest period of a schedule, from the due date before (or the disbursement) to its own. */
export interface Period {
  readonly due: IsoDate;
  readonly fraction: YearFraction;
  /** Its length with every month counted as 30 days; the time axis of the effective rate, whatever the day count. */
  readonly monthDays: number;
}

/**
 * Due dates one month apart and what each period counts.
 * They keep the day of disbursement, or the month's last. A `firstDueOn` off that chain makes the first period a stub
 * with its own count, and the dates after it keep the day of `firstDueOn`; one that lies ON the chain (28 February or
 * 30 April for money paid out on the 31st) moves the start only, so the later dates are the 31st again.
 */
export function monthlyPeriods(disbursedOn: IsoDate, firstDueOn: IsoDate | undefined, count: number, dayCount: DayCount): Period[] {
  const firstDue = firstDueOn ?? addMonths(disbursedOn, 1);
  const months = wholeMonthsBetween(disbursedOn, firstDue);
  const onChain = addMonths(disbursedOn, months) === firstDue;
  const chainDay = dayOfMonth(onChain ? disbursedOn : firstDue);
  const periods: Period[] = [];
  let from = disbursedOn;
  for (let index = 0; index < count; index += 1) {
    const due = addMonths(firstDue, index, chainDay);
    const anchorDay = index === 0 ? dayOfMonth(disbursedOn) : chainDay;
    periods.push({
      due,
      fraction: yearFraction(dayCount, from, due, anchorDay),
      monthDays: yearFraction('periodic', from, due, anchorDay).days,
    });
    from = due;
  }
  return periods;
}

/** All of the periods as one, for a loan that pays once, at the end. */
export function joinPeriods(periods: readonly Period[]): Period {
  const last = periods.at(-1);
  if (last === undefined) throw new RangeError('no period to join');
  const sum = (length: (period: Period) => number): number => periods.reduce((total, period) => total + length(period), 0);
  return {
    due: last.due,
    fraction: { days: sum((period) => period.fraction.days), daysPerYear: last.fraction.daysPerYear },
    monthDays: sum((period) => period.monthDays),
  };
}
