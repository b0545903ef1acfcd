import { isCalendarDay } from '@millrace/contracts';

/** What holds from a day on, until the next one of its list does. */
export interface Dated {
  /** First business date (YYYY-MM-DD) on which it holds. */
  readonly from: string;
}

/** True where each day of a list is one of the calendar and comes after the day before it. */
export function daysRise(values: readonly Dated[]): boolean {
  return values.every(({ from }, at) => isCalendarDay(from) && (at === 0 || from > values[at - 1]!.from));
}

/** The one of a list, oldest first, that holds on a business date; undefined before the first. */
export function valueOn<V extends Dated>(values: readonly V[], date: string): V | undefined {
  return values.findLast(({ from }) => from <= date);
}
