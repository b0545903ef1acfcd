import { businessDate } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';

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
