import { InvalidTermsError } from './invalid-terms.js';

/** A plain calendar day, `YYYY-MM-DD`, without time or time zone; two of them compare as strings. */
export type IsoDate = string;

interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 9999;
const DASH = 45;
const ZERO = 48;
/** Days of four centuries, of which each has as many, and of a century, four years and a year in them. */
const [DAYS_OF_ERA, DAYS_OF_CENTURY, DAYS_OF_FOUR_YEARS, DAYS_OF_YEAR] = [146_097, 36_524, 1_461, 365] as const;

/** Last day of a month of the Gregorian calendar; `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The number that some digits of a text make; NaN where one is none. */
function digitsOf(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = 10 * value + digit;
  }
  return value;
}

/** Reads `YYYY-MM-DD` by its characters, as a play of a loan reads thousands of dates; a day that is not in the calendar (2026-02-30) throws InvalidTermsError. */
export function parseDate(text: IsoDate): CivilDate {
  const hasForm = typeof text === 'string' && text.length === 10 && text.charCodeAt(4) === DASH && text.charCodeAt(7) === DASH;
  const [year, month, day] = hasForm ? [digitsOf(text, 0, 4), digitsOf(text, 5, 7), digitsOf(text, 8, 10)] : [Number.NaN, 0, 0];
  if (Number.isNaN(year + month + day)) throw new InvalidTermsError(`not a date (YYYY-MM-DD): ${text}`);
  if (year < FIRST_YEAR) throw new InvalidTermsError(`date before ${FIRST_YEAR}: ${text}`);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new InvalidTermsError(`no such day in the calendar: ${text}`);
  }
  return { year, month, day };
}

/** Days since 0000-03-01; the year starts in March so that a leap day is its last. */
function dayNumber({ year, month, day }: CivilDate): number {
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return 365 * shifted + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear;
}

const LAST_DAY_NUMBER = dayNumber({ year: LAST_YEAR, month: 12, day: 31 });

/** The day of a {@link dayNumber}. */
function dateOfDayNumber(number: number): IsoDate {
  const era = Math.floor(number / DAYS_OF_ERA);
  const dayOfEra = number - era * DAYS_OF_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / (DAYS_OF_FOUR_YEARS - 1)) + Math.floor(dayOfEra / DAYS_OF_CENTURY) - Math.floor(dayOfEra / (DAYS_OF_ERA - 1))) /
      DAYS_OF_YEAR,
  );
  const dayOfYear = dayOfEra - (DAYS_OF_YEAR * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return isoDate(yearOfEra + 400 * era + (month <= 2 ? 1 : 0), month, day);
}

/** Actual days from one date to another; negative when `to` is before `from`. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(parseDate(to)) - dayNumber(parseDate(from));
}

/** The day so many days later, or earlier where the number is negative; throws InvalidTermsError unless it is a whole number that leads to a year of four digits. */
export function addDays(date: IsoDate, days: number): IsoDate {
  const number = dayNumber(parseDate(date)) + days;
  if (!Number.isInteger(number) || number < 0 || number > LAST_DAY_NUMBER) throw new InvalidTermsError(`no day of the calendar: ${days} days after ${date}`);
  return dateOfDayNumber(number);
}

/** Day of the month, 1 to 31. */
export function dayOfMonth(date: IsoDate): number {
  return parseDate(date).day;
}

/** What a due date becomes in a month that has no such day: 31 → 28 February, or 1 March. */
export const MISSING_DAYS = ['last_day_of_month', 'first_day_of_next_month'] as const;
export type MissingDay = (typeof MISSING_DAYS)[number];

/**
 * The same day `months` later. A month that has no such day gives its last one (31 January + 1 = 28 February), or the first of the next month where
 * that is agreed. `anchorDay` is the day a chain of due dates keeps, so that 28 February of a chain of the 31st leads to 31 March.
 */
export function addMonths(date: IsoDate, months: number, anchorDay = dayOfMonth(date), missingDay: MissingDay = 'last_day_of_month'): IsoDate {
  const start = parseDate(date);
  const index = start.year * 12 + start.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  if (year > LAST_YEAR) throw new InvalidTermsError(`date after ${LAST_YEAR}: ${months} months after ${date}`);
  const lastDay = daysInMonth(year, month);
  if (anchorDay > lastDay && missingDay === 'first_day_of_next_month') return addDays(isoDate(year, month, lastDay), 1);
  return isoDate(year, month, Math.min(anchorDay, lastDay));
}

function isoDate(year: number, month: number, day: number): IsoDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Whole months that fit between two dates (`from` not after `to`), counted along the chain of `anchorDay`. */
export function wholeMonthsBetween(from: IsoDate, to: IsoDate, anchorDay = dayOfMonth(from)): number {
  const start = parseDate(from);
  const end = parseDate(to);
  const months = (end.year - start.year) * 12 + end.month - start.month;
  return addMonths(from, months, anchorDay) <= to ? months : months - 1;
}
