import { businessDate, businessInstant } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const MINUTES_OF_HOUR = 60;

/** `00:30` to minutes after midnight. */
export function minutesOf(cutOff: string): number {
  const [hours, minutes] = cutOff.split(':').map(Number) as [number, number];
  return hours * MINUTES_OF_HOUR + minutes;
}

/** The last business date that has ended and whose cut-off is over: money of a day is told until the cut-off on the next one (Asia/Shanghai). */
export function lastClosableDay(now: Date, cutOff: string): IsoDate {
  return addDays(businessDate(new Date(now.getTime() - minutesOf(cutOff) * MINUTE_MS)), -1);
}

/** Seconds since the cut-off of the oldest date that is not closed; 0 where all that could be are. Before the first close it is the last date that could be. */
export function lateSeconds(closedThrough: IsoDate | null, now: Date, cutOff: string): number {
  const last = lastClosableDay(now, cutOff);
  const open = closedThrough === null ? last : addDays(closedThrough, 1);
  if (open > last) return 0;
  const cutOffMs = businessInstant(addDays(open, 1)).getTime() + minutesOf(cutOff) * MINUTE_MS;
  return (now.getTime() - cutOffMs) / SECOND_MS;
}
