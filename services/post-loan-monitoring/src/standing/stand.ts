import { daysBetween, type IsoDate } from '@millrace/finance';
import { businessDayFrom } from '@millrace/policy';
import { bucketStep } from './bucket-step.js';
import { classStep } from './class-step.js';
import { collectionStep } from './collection-step.js';
import { guaranteeStep } from './guarantee-step.js';
import { stageStep } from './stage-step.js';
import type { Standing, StandingDay, StandingRules, StandingStep } from './standing.js';

/** What the end of a day finds of a loan, in this order. */
export const STANDING_STEPS: readonly StandingStep[] = [bucketStep, classStep, stageStep, collectionStep, guaranteeStep];

/** The standing at the end of a day, after the one that was known. */
export const standOn = (known: Standing, day: StandingDay): Standing => STANDING_STEPS.reduce((found, step) => step.take(found, day), known);

/** Days past due on which something changes by the day alone, each once, rising. */
export const turnsOf = (rules: StandingRules): readonly number[] =>
  [...new Set(STANDING_STEPS.flatMap((step) => step.turnsAt(rules)))].toSorted((a, b) => a - b);

/** What of a loan says since when it is late. */
export interface Lateness {
  /** Due date of the oldest row that is not paid; null where there is none. */
  readonly oldestDueOn: IsoDate | null;
  /** A due date that is no business day moves to the next one, by the contract. */
  readonly rollsForward: boolean;
}

/** Days past due: 0 on the day on which it can be paid last, 1 the day after (M-LN-01, M-LN-05). */
export function dpdOn({ oldestDueOn, rollsForward }: Lateness, on: IsoDate): number {
  if (oldestDueOn === null) return 0;
  const payableOn = rollsForward ? businessDayFrom(oldestDueOn) : oldestDueOn;
  return Math.max(0, daysBetween(payableOn, on));
}
