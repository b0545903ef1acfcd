import { addMonths, dayOfMonth, daysInMonth, parseDate, wholeMonthsBetween, type IsoDate, type MissingDay } from './calendar-date.js';
import { yearFraction, type DayCount, type YearFraction } from './day-count.js';
import type { ScheduleTerms } from './schedule-terms.js';

const DAYS_OF_MONTH = 30;

/** One interest period of a schedule, from the due date before (or the disbursement) to its own. */
export interface Period {
  readonly due: IsoDate;
  readonly fraction: YearFraction;
  /** Its length with every month counted as 30 days; the time axis of the effective rate, whatever the day count. */
  readonly monthDays: number;
}

/** Terms that say when a loan falls due. */
export type DueTerms = Pick<ScheduleTerms, 'method' | 'disbursedOn' | 'firstDueOn' | 'instalments' | 'dayCount' | 'periodMonths' | 'dueDates' | 'missingDay'>;

/**
 * Due dates of the rows of a schedule, and what each period counts: one for each instalment, or for `bullet` one that joins them all.
 * Without agreed dates they are a period apart and keep the day of disbursement, or what the month has instead. A `firstDueOn` off that chain makes the
 * first period a stub with its own count, and the dates after it keep the day of `firstDueOn`; one that lies ON the chain (28 February or 30 April for
 * money paid out on the 31st) moves the start only, so the later dates are the 31st again.
 */
export function periodsOf(terms: DueTerms): Period[] {
  const { method, dueDates, disbursedOn, dayCount } = terms;
  const periods = dueDates ? periodsBetween([disbursedOn, ...dueDates], dayCount) : chainOfPeriods(terms);
  return method === 'bullet' ? [joinPeriods(periods)] : periods;
}

function periodsBetween(dates: readonly IsoDate[], dayCount: DayCount): Period[] {
  return dates.slice(1).map((due, index) => periodBetween(dates[index]!, due, dayCount, anchorOf(dates[index]!, due)));
}

/** Day that the months of a period are counted from: of one that begins at the end of a short month, the day of its end, as 28 February to 31 March is a month. */
function anchorOf(from: IsoDate, due: IsoDate): number {
  const { year, month, day } = parseDate(from);
  const isMonthEnd = day === daysInMonth(year, month);
  return isMonthEnd ? Math.max(day, dayOfMonth(due)) : day;
}

function chainOfPeriods({ disbursedOn, firstDueOn, instalments, dayCount, periodMonths = 1, missingDay = 'last_day_of_month' }: DueTerms): Period[] {
  const firstDue = firstDueOn ?? addMonths(disbursedOn, periodMonths, dayOfMonth(disbursedOn), missingDay);
  const months = monthsOfChain(disbursedOn, firstDue, missingDay);
  const chainDay = dayOfMonth(months === undefined ? firstDue : disbursedOn);
  // Counted from the anchor, never from a moved date: a due date that went to the next month does not take the later ones along.
  const origin = months === undefined ? firstDue : disbursedOn;
  const dueOf = (index: number): IsoDate => addMonths(origin, (months ?? 0) + index * periodMonths, chainDay, missingDay);
  const periods: Period[] = [];
  let from = disbursedOn;
  for (let index = 0; index < instalments; index += 1) {
    const due = dueOf(index);
    const wholeMonths = index > 0 ? periodMonths : months;
    periods.push(wholeMonths === undefined ? periodBetween(from, due, dayCount, dayOfMonth(disbursedOn)) : wholePeriod(from, due, dayCount, wholeMonths));
    from = due;
  }
  return periods;
}

/** Months from the disbursement to a date of its own chain; undefined for a date off the chain. */
function monthsOfChain(disbursedOn: IsoDate, due: IsoDate, missingDay: MissingDay): number | undefined {
  const months = wholeMonthsBetween(disbursedOn, due);
  return [months, months - 1].find((count) => count > 0 && addMonths(disbursedOn, count, dayOfMonth(disbursedOn), missingDay) === due);
}

function periodBetween(from: IsoDate, due: IsoDate, dayCount: DayCount, anchorDay: number): Period {
  return { due, fraction: yearFraction(dayCount, from, due, anchorDay), monthDays: yearFraction('periodic', from, due, anchorDay).days };
}

/** A period of whole months of its chain, also where a missing day has moved one of its ends. */
function wholePeriod(from: IsoDate, due: IsoDate, dayCount: DayCount, months: number): Period {
  const monthDays = months * DAYS_OF_MONTH;
  return { due, fraction: dayCount === 'periodic' ? { days: monthDays, daysPerYear: 360 } : yearFraction(dayCount, from, due), monthDays };
}

/** All of the periods as one, for a loan that pays once, at the end. */
function joinPeriods(periods: readonly Period[]): Period {
  const last = periods.at(-1);
  if (last === undefined) throw new RangeError('no period to join');
  const sum = (length: (period: Period) => number): number => periods.reduce((total, period) => total + length(period), 0);
  return {
    due: last.due,
    fraction: { days: sum((period) => period.fraction.days), daysPerYear: last.fraction.daysPerYear },
    monthDays: sum((period) => period.monthDays),
  };
}
