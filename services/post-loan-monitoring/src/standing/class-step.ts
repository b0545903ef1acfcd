import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { classOfDay } from '../classification/class-of-day.js';
import { isNonPerforming } from '../classification/loan-class.js';
import { isSmallFirmsLoan } from '../classification/obligor-debts.js';
import { groundsOn, nextChangeOf, restructuredOn } from './class-facts.js';
import type { Standing, StandingDay, StandingStep } from './standing.js';

/** Day from which good conduct has lasted for long enough (G-CL-12); null where too few due dates are left for it. */
function reviewDay(goodSince: IsoDate | null, { dueDates, rules: { classification } }: StandingDay): IsoDate | null {
  const { upgradeMonths, upgradePeriods } = classification;
  const lastPeriod = goodSince === null ? undefined : dueDates.filter((due) => due > goodSince)[upgradePeriods - 1];
  if (goodSince === null || lastPeriod === undefined) return null;
  return [addMonths(goodSince, upgradeMonths), addDays(lastPeriod, 1)].toSorted()[1]!;
}

/**
 * Good conduct that has lasted by the day before; of the time before a restructuring it counts no more (G-CL-13). A loan that only its obligor's other loans keep
 * down has had it for as long as nothing of it was late.
 */
function conductBefore({ goodSince: kept, loanClass, obligorRule }: Standing, inTimeSince: IsoDate | null, since: IsoDate | null): IsoDate | null {
  const goodSince = kept ?? (obligorRule !== null && !isNonPerforming(loanClass) ? inTimeSince : null);
  return goodSince !== null && since !== null && since > goodSince ? since : goodSince;
}

const earliest = (...days: readonly (IsoDate | null)[]): IsoDate | null => days.filter((day) => day !== null).toSorted()[0] ?? null;

/** The five classes (G-CL-02 to G-CL-13), of days past due, of what is known besides and of the obligor's other loans; every loan counts as an unsecured one. */
export const classStep: StandingStep = {
  name: 'class',
  turnsAt: ({ classification: { substandardOverDpd, doubtfulOverDpd, lossOverDpd, method, matrixDpdEdges } }) => [
    1,
    ...[substandardOverDpd, doubtfulOverDpd, lossOverDpd, ...(method === 'dpd_matrix' ? matrixDpdEdges : [])].map((edge) => edge + 1),
  ],
  take: (found, day) => {
    const { on, dpd, isSettled, areCostsPaid, dueDates, facts: known, productCode, rules } = day;
    // What is paid off keeps its class, and neither keeps another loan down nor is kept down by one.
    if (isSettled) return { ...found, obligorRule: null, isBadDebt: false, reviewOn: null };
    const { obligorRule } = found;
    const isSmallFirm = isSmallFirmsLoan(productCode, rules.classification);
    const facts = { dpd, security: 'unsecured', isSmallFirm, obligorRule, ...groundsOn(known, on, rules.classification) } as const;
    const periodsSince = (since: IsoDate): number => dueDates.filter((due) => due > since && due < on).length;
    const changedOn = restructuredOn(known, on);
    const before = { class: found.loanClass, ownClass: found.ownClass, goodSince: conductBefore(found, day.inTimeSince, changedOn) };
    const {
      class: loanClass,
      ownClass,
      goodSince,
      grounds,
    } = classOfDay(before, { on, facts, areCostsPaid, isRestructured: changedOn === on, periodsSince }, rules.classification);
    const nextChange = nextChangeOf(known, on, dpd, rules.classification);
    const classRules = [...new Set(grounds.filter(({ atLeast }) => atLeast === loanClass).map(({ rule }) => rule))];
    const classed = { ...found, loanClass, ownClass, isBadDebt: isNonPerforming(ownClass), classRules };
    // A performing loan needs no good conduct, and its row would be written for nothing.
    if (!isNonPerforming(loanClass)) return { ...classed, goodSince: null, reviewOn: nextChange };
    // After the review another ground keeps it there, whose end is looked at by itself.
    const review = reviewDay(goodSince, day);
    return { ...classed, goodSince, reviewOn: earliest(review !== null && review > on ? review : null, nextChange) };
  },
};
