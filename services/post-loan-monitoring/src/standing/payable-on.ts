import { addDays, type IsoDate } from '@millrace/finance';
import { businessDayFrom } from '@millrace/policy';

/** Longest run of days without business between two business days; a due date inside it moves to its end. */
const LONGEST_HOLIDAY_DAYS = 15;

/** Due dates that can be paid on a day at last, of loans whose due dates move off holidays: itself and the days without business before it; none where the day is no business day. */
export function dueDatesMovingTo(payableOn: IsoDate): IsoDate[] {
  const near = Array.from({ length: LONGEST_HOLIDAY_DAYS }, (_, back) => addDays(payableOn, -back));
  return near.filter((due) => businessDayFrom(due) === payableOn);
}
