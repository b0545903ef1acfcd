import { businessDate } from '@millrace/contracts';
import type { DeadlineParameters } from '@millrace/policy';
import type { DeadlineName } from './loan-process.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** True from Monday to Friday in Asia/Shanghai; statutory holidays only lengthen a deadline of ours, and come with the calendar. */
function isWorkday(instant: Date): boolean {
  const weekday = new Date(`${businessDate(instant)}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function addWorkdays(from: Date, days: number): Date {
  let at = from;
  for (let left = days; left > 0;) {
    at = new Date(at.getTime() + DAY_MS);
    if (isWorkday(at)) left -= 1;
  }
  return at;
}

/** Instant at which a status entered at `from` has lasted too long, by the policy pack. */
export function deadlineAt(name: DeadlineName, from: Date, deadlines: DeadlineParameters): Date {
  const length = deadlines[name];
  if (name.endsWith('BusinessDays')) return addWorkdays(from, length);
  return new Date(from.getTime() + length * (name.endsWith('Hours') ? HOUR_MS : DAY_MS));
}
