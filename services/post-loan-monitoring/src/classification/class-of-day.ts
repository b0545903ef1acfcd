import type { LoanClass } from '@millrace/contracts';
import { addMonths, type IsoDate } from '@millrace/finance';
import type { ClassificationParameters } from '@millrace/policy';
import { classFloors, countedDpd, type ClassFacts, type ClassGround } from './class-floors.js';
import { isNonPerforming, worstOf } from './loan-class.js';

/** What the day after has to know of a day. */
export interface ClassState {
  readonly class: LoanClass;
  /** Class that the loan would have without its obligor's other loans: what those are classed by, so that two loans never hold each other down (G-CL-10). */
  readonly ownClass: LoanClass;
  /** First day of the good conduct that lasts: nothing overdue, all costs paid, no sign of impairment. Null while there is none. */
  readonly goodSince: IsoDate | null;
}

export interface ClassDay {
  readonly on: IsoDate;
  readonly facts: ClassFacts;
  /** No charge for lateness, and no cost, is left unpaid. */
  readonly areCostsPaid: boolean;
  /** The loan was restructured on this day, so that conduct under the contract of before counts no more. */
  readonly isRestructured: boolean;
  /** Due dates after a day that lie before this one: periods that were met, as nothing is overdue. */
  readonly periodsSince: (day: IsoDate) => number;
}

export interface ClassOfDay extends ClassState {
  /** What holds on this day; empty for a normal loan. */
  readonly grounds: readonly ClassGround[];
}

/** The least of the non-performing classes: what is no better for having been worse stays there until it may leave. */
const LEAST_NON_PERFORMING: LoanClass = 'SUBSTANDARD';

const classOf = (grounds: readonly ClassGround[]): LoanClass => worstOf(grounds.map(({ atLeast }) => atLeast));

function goodSinceOf(
  before: ClassState | undefined,
  { on, facts, areCostsPaid, isRestructured }: ClassDay,
  parameters: ClassificationParameters,
): IsoDate | null {
  const { impairment, isBankrupt, isEvading, hasRatingCollapsed } = facts;
  const isImpaired = impairment !== undefined || isBankrupt === true || isEvading === true || hasRatingCollapsed === true;
  if (countedDpd(facts, parameters) > 0 || !areCostsPaid || isImpaired) return null;
  return isRestructured ? on : (before?.goodSince ?? on);
}

/** Good conduct has lasted for the longer of some periods and some months (G-CL-12). */
function mayLeave(goodSince: IsoDate | null, { on, periodsSince }: ClassDay, { upgradeMonths, upgradePeriods }: ClassificationParameters): boolean {
  return goodSince !== null && on >= addMonths(goodSince, upgradeMonths) && periodsSince(goodSince) >= upgradePeriods;
}

/**
 * Class of a loan at the end of a day. A class is worse at once, and better as soon as its grounds are gone; but a loan that was non-performing stays so until
 * its conduct was good for long enough (G-CL-12). So a class hangs on the day before, and days are taken one after the other.
 * @param before the day before; undefined on the first day of the loan
 */
export function classOfDay(before: ClassState | undefined, day: ClassDay, parameters: ClassificationParameters): ClassOfDay {
  const { facts } = day;
  const goodSince = goodSinceOf(before, day, parameters);
  const isFree = (facts.isSmallFirm && parameters.smallFirmUpgrade === 'by_days_past_due') || mayLeave(goodSince, day, parameters);
  /** What holds of the loan with some facts, after the class that it had with such ones before. */
  const groundsOf = (known: ClassFacts, classBefore: LoanClass | undefined): ClassGround[] => {
    const grounds = classFloors(known, parameters);
    const stays = !isFree && classBefore !== undefined && isNonPerforming(classBefore) && !isNonPerforming(classOf(grounds));
    return stays ? [...grounds, { rule: 'G-CL-12', atLeast: LEAST_NON_PERFORMING }] : grounds;
  };
  const grounds = groundsOf(facts, before?.class);
  const own = groundsOf({ ...facts, obligorRule: null }, before?.ownClass);
  return { class: classOf(grounds), ownClass: classOf(own), goodSince, grounds };
}
