import type { DayCount, LoanClauses } from '@millrace/contracts';
import { penaltyDayCount, penaltyRatePercent, percentOfBps } from '@millrace/finance';
import type { ServicingParameters } from '@millrace/policy';
import type { ClauseValues, TemplateVersion } from './contract-text.js';

/** What the wording of a version says in words, where a number says the rest. A version that is not here says nothing of lateness and early repayment. */
const WORDED: Readonly<Partial<Record<TemplateVersion, Pick<LoanClauses, 'compound' | 'prepaymentInterest' | 'prepaymentEffect' | 'holidayCalendar'>>>> = {
  'loan-contract.v3': { compound: true, prepaymentInterest: 'to_the_day', prepaymentEffect: 'shorter_term', holidayCalendar: 'CN' },
};

/** What a contract of a version says of lateness, misuse and early repayment, with the numbers of the day on which it is drafted; null where it says nothing. */
export function clausesOf(version: TemplateVersion, servicing: ServicingParameters): LoanClauses | null {
  const worded = WORDED[version];
  if (!worded) return null;
  const { penaltyUpliftBps, graceDays, misuseUpliftBps, prepaymentFeeBps } = servicing;
  return { penaltyUpliftBps, graceDays, misuseUpliftBps, prepaymentFeeBps, ...worded };
}

/** Per cent with two decimals at least, and as many more as it takes: a rate is never rounded in a contract. */
function percent(bps: number, upliftBps = 0): string {
  const exact = penaltyRatePercent(percentOfBps(bps), [percentOfBps(upliftBps)]);
  return exact.toFixed(Math.max(2, exact.decimalPlaces()));
}

/** The clauses as the text states them. */
export function clauseValues(
  { penaltyUpliftBps, misuseUpliftBps, graceDays, prepaymentFeeBps }: LoanClauses,
  rateBps: number,
  dayCount: DayCount,
  sayDayCount: (dayCount: string) => string,
): ClauseValues {
  return {
    penaltyUpliftPercent: percent(penaltyUpliftBps),
    penaltyRatePercent: percent(rateBps, penaltyUpliftBps),
    misuseUpliftPercent: percent(misuseUpliftBps),
    misuseRatePercent: percent(rateBps, misuseUpliftBps),
    graceDays: String(graceDays),
    prepaymentFeePercent: percent(prepaymentFeeBps),
    lateDayCount: sayDayCount(penaltyDayCount(dayCount)),
  };
}
