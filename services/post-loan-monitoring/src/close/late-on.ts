import { addDays, type IsoDate } from '@millrace/finance';
import { dueDatesMovingTo } from '../standing/payable-on.js';
import { turnsOf } from '../standing/stand.js';
import type { StandingRules } from '../standing/standing.js';

/** Due dates that make a loan late by a number of days at the end of a day. */
export interface LateDates {
  /** Of loans whose due dates stay where they are. */
  readonly asDue: readonly IsoDate[];
  /** Of loans whose due dates move off holidays. */
  readonly rolled: readonly IsoDate[];
}

/** Oldest due dates of the loans on which the end of a day changes something by itself. */
export function turningDueDates(rules: readonly StandingRules[], on: IsoDate): LateDates {
  const turns = [...new Set(rules.flatMap(turnsOf))];
  const payable = turns.map((dpd) => addDays(on, -dpd));
  return { asDue: payable, rolled: payable.flatMap(dueDatesMovingTo) };
}
