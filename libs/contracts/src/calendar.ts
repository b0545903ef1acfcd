import { textRule } from './text-rule.js';

/** Years that a date of business can lie in; 0000 and 9999 are how systems write "no date". */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** True for a day of the calendar, `YYYY-MM-DD`, from 1900 to 2199; 31 February is none. */
export function isCalendarDay(text: string): boolean {
  const [, year, month, day] = (DAY.exec(text) ?? []).map(Number);
  if (year === undefined || year < FIRST_YEAR || year > LAST_YEAR) return false;
  const date = new Date(Date.UTC(year, month! - 1, day));
  return date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
}

/** True for an instant with its zone (RFC 3339) on a day of the calendar. */
export function isInstant(text: string): boolean {
  const day = INSTANT.exec(text)?.[1];
  return day !== undefined && isCalendarDay(day);
}

/** Field rule of {@link isCalendarDay}, for every date that comes from outside. */
export function IsCalendarDay(): PropertyDecorator {
  return textRule('isCalendarDay', isCalendarDay, '$property must be a day of the calendar, YYYY-MM-DD');
}

/** Field rule of {@link isInstant}, for every instant that comes from outside. */
export function IsInstant(): PropertyDecorator {
  return textRule('isInstant', isInstant, '$property must be an instant with its zone, such as 2026-03-02T01:00:00Z');
}
