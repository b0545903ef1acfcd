import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { classOfDay } from '../classification/class-of-day.js';
import { isNonPerforming } from '../classification/loan-class.js';
import { groundsOn, nextChangeOf, restructuredOn } from './class-facts.js';
import type { Standing, StandingDay, StandingStep } from './standing.js';

/** Day from which good conduct has lasted for long enough (G-CL-12); null where too few due dates are left for it. */
function reviewDay(goodSince: IsoDate | null, { dueDates, rules: { classification } }: StandingDay): IsoDate | null {
  const { upgradeMonths, upgradePeriods } = classification;
  const lastPeriod = goodSince === null ? undefined : dueDates.filter((due) => due > goodSince)[upgradePeriods - 1];
  if (goodSince === null || lastPeriod === undefined) return null;
  return [addMonths(goodSince, upgradeMonths), addDays(lastPeriod, 1)].toSorted()[1]!;
}

/** Good conduct that has lasted by the day before; of the time before a restructuring it counts no more (G-CL-13). */
function conductBefore({ goodSince }: Standing, since: IsoDate | null): IsoDate | null {
  return goodSince !== null && since !== null && since > goodSince ? since : goodSince;
}

const earliest = (...days: readonly (IsoDate | null)[]): IsoDate | null => days.filter((day) => day !== null).toSorted()[0] ?? null;

/** The five classes (G-CL-02 to G-CL-13), of days past due and of what is known besides; every loan is an unsecured one to a small firm. */
export const classStep: StandingStep = {
  name: 'class',
  turnsAt: ({ classification: { substandardOverDpd, doubtfulOverDpd, lossOverDpd, method, matrixDpdEdges } }) => [
    1,
    ...[substandardOverDpd, doubtfulOverDpd, lossOverDpd, ...(method === 'dpd_matrix' ? matrixDpdEdges : [])].map((edge) => edge + 1),
  ],
  take: (found, day) => {
    const { on, dpd, isSettled, areCostsPaid, dueDates, facts: known, rules } = day;
    if (isSettled) return { ...found, reviewOn: null };
    const facts = { dpd, security: 'unsecured', isSmallFirm: true, ...groundsOn(known, on, rules.classification) } as const;
    const periodsSince = (since: IsoDate): number => dueDates.filter((due) => due > since && due < on).length;
    const changedOn = restructuredOn(known, on);
    const before = { class: found.loanClass, goodSince: conductBefore(found, changedOn) };
    const { class: loanClass, goodSince } = classOfDay(
      before,
      { on, facts, areCostsPaid, isRestructured: changedOn === on, periodsSince },
      rules.classification,
    );
    const nextChange = nextChangeOf(known, on, dpd, rules.classification);
    // A performing loan needs no good conduct, and its row would be written for nothing.
    if (!isNonPerforming(loanClass)) return { ...found, loanClass, goodSince: null, reviewOn: nextChange };
    return { ...found, loanClass, goodSince, reviewOn: earliest(reviewDay(goodSince, day), nextChange) };
  },
};
