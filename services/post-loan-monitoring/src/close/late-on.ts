import { addDays, type IsoDate } from '@millrace/finance';
import { businessDayFrom } from '@millrace/policy';
import { turnsOf } from '../standing/stand.js';
import type { StandingRules } from '../standing/standing.js';

/** Longest run of days without business between two business days; a due date inside it moves to its end. */
const LONGEST_HOLIDAY_DAYS = 15;

/** Due dates that make a loan late by a number of days at the end of a day. */
export interface LateDates {
  /** Of loans whose due dates stay where they are. */
  readonly asDue: readonly IsoDate[];
  /** Of loans whose due dates move off holidays. */
  readonly rolled: readonly IsoDate[];
}

/** Due dates that move to a day: itself and the days without business before it; none where the day is no business day. */
function movingTo(payableOn: IsoDate): IsoDate[] {
  const near = Array.from({ length: LONGEST_HOLIDAY_DAYS }, (_, back) => addDays(payableOn, -back));
  return near.filter((due) => businessDayFrom(due) === payableOn);
}

/** Oldest due dates of the loans on which the end of a day changes something by itself. */
export function turningDueDates(rules: readonly StandingRules[], on: IsoDate): LateDates {
  const turns = [...new Set(rules.flatMap(turnsOf))];
  const payable = turns.map((dpd) => addDays(on, -dpd));
  return { asDue: payable, rolled: payable.flatMap(movingTo) };
}
