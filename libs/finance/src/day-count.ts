import { addMonths, dayOfMonth, daysBetween, daysInMonth, parseDate, wholeMonthsBetween, type IsoDate } from './calendar-date.js';
import { InvalidTermsError } from './invalid-terms.js';

/**
 * How a span of time becomes a part of a year:
 * `periodic` a month is a twelfth (rate/12 per monthly period), a rest counts as its actual days of a 30-day month;
 * `30E/360` every month has 30 days, the 31st counts as the 30th; `ACT/365` and `ACT/360` actual days over a fixed year;
 * `ACT/ACT` actual days, those of a leap year over 366 and the others over 365, split at 1 January.
 */
export const DAY_COUNTS = ['periodic', '30E/360', 'ACT/365', 'ACT/360', 'ACT/ACT'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

/** A part of a year as an exact ratio, `days / daysPerYear`. */
export interface YearFraction {
  readonly days: number;
  readonly daysPerYear: number;
}

const COMMON_YEAR = 365;
const LEAP_YEAR = 366;
const FEBRUARY = 2;

/**
 * The one function that counts days of interest between two dates (`from` not after `to`, else InvalidTermsError).
 * `anchorDay` matters to `periodic` only: the day that the chain of due dates keeps (see {@link addMonths}).
 */
export function yearFraction(dayCount: DayCount, from: IsoDate, to: IsoDate, anchorDay = dayOfMonth(from)): YearFraction {
  const actualDays = daysBetween(from, to);
  if (actualDays < 0) throw new InvalidTermsError(`the span ends (${to}) before it begins (${from})`);
  switch (dayCount) {
    case 'periodic':
      return { days: monthDays(from, to, anchorDay), daysPerYear: 360 };
    case '30E/360':
      return { days: thirtyDayNumber(to) - thirtyDayNumber(from), daysPerYear: 360 };
    case 'ACT/365':
      return { days: actualDays, daysPerYear: 365 };
    case 'ACT/360':
      return { days: actualDays, daysPerYear: 360 };
    case 'ACT/ACT':
      return { days: weightedDays(from, to), daysPerYear: COMMON_YEAR * LEAP_YEAR };
    default:
      throw new InvalidTermsError(`unknown day count: ${String(dayCount)} (one of ${DAY_COUNTS.join(', ')})`);
  }
}

function monthDays(from: IsoDate, to: IsoDate, anchorDay: number): number {
  const months = wholeMonthsBetween(from, to, anchorDay);
  return 30 * months + daysBetween(addMonths(from, months, anchorDay), to);
}

function thirtyDayNumber(date: IsoDate): number {
  const { year, month, day } = parseDate(date);
  return 360 * year + 30 * month + Math.min(day, 30);
}

/** Actual days in parts of {@link COMMON_YEAR} × {@link LEAP_YEAR}, so that a span over a New Year keeps one exact ratio. */
function weightedDays(from: IsoDate, to: IsoDate): number {
  const [firstYear, lastYear] = [parseDate(from).year, parseDate(to).year];
  let total = 0;
  for (let year = firstYear; year <= lastYear; year += 1) {
    const start = year === firstYear ? from : newYear(year);
    const end = year === lastYear ? to : newYear(year + 1);
    total += daysBetween(start, end) * (daysInMonth(year, FEBRUARY) === 29 ? COMMON_YEAR : LEAP_YEAR);
  }
  return total;
}

const newYear = (year: number): IsoDate => `${year}-01-01`;
