import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { classOfDay } from '../classification/class-of-day.js';
import { isNonPerforming } from '../classification/loan-class.js';
import type { StandingDay, StandingStep } from './standing.js';

/** Day from which good conduct has lasted for long enough (G-CL-12); null where too few due dates are left for it. */
function reviewDay(goodSince: IsoDate | null, { dueDates, rules: { classification } }: StandingDay): IsoDate | null {
  const { upgradeMonths, upgradePeriods } = classification;
  const lastPeriod = goodSince === null ? undefined : dueDates.filter((due) => due > goodSince)[upgradePeriods - 1];
  if (goodSince === null || lastPeriod === undefined) return null;
  return [addMonths(goodSince, upgradeMonths), addDays(lastPeriod, 1)].toSorted()[1]!;
}

/**
 * The five classes (G-CL-02 to G-CL-12). What is known here is how late the loan is: every loan is an unsecured one to a small firm, and nothing tells yet of
 * misuse, bankruptcy, restructuring or other debts.
 */
export const classStep: StandingStep = {
  name: 'class',
  turnsAt: ({ classification: { substandardOverDpd, doubtfulOverDpd, lossOverDpd, method, matrixDpdEdges } }) => [
    1,
    ...[substandardOverDpd, doubtfulOverDpd, lossOverDpd, ...(method === 'dpd_matrix' ? matrixDpdEdges : [])].map((edge) => edge + 1),
  ],
  take: (found, day) => {
    const { on, dpd, isSettled, areCostsPaid, dueDates, rules } = day;
    if (isSettled) return { ...found, reviewOn: null };
    const facts = { dpd, security: 'unsecured', isSmallFirm: true } as const;
    const periodsSince = (since: IsoDate): number => dueDates.filter((due) => due > since && due < on).length;
    const before = { class: found.loanClass, goodSince: found.goodSince };
    const { class: loanClass, goodSince } = classOfDay(before, { on, facts, areCostsPaid, isRestructured: false, periodsSince }, rules.classification);
    // A performing loan needs no good conduct, and its row would be written for nothing.
    if (!isNonPerforming(loanClass)) return { ...found, loanClass, goodSince: null, reviewOn: null };
    return { ...found, loanClass, goodSince, reviewOn: reviewDay(goodSince, day) };
  },
};
