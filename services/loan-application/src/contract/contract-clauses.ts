import type { DayCount, LoanClauses } from '@millrace/contracts';
import { penaltyDayCount, penaltyRatePercent, percentOfBps } from '@millrace/finance';
import type { ServicingParameters } from '@millrace/policy';
import type { ClauseValues, TemplateVersion } from './contract-text.js';

/** What the wording of a version says in words, where a number says the rest. A version that is not here says nothing of lateness and early repayment. */
type Worded = Pick<LoanClauses, 'compound' | 'prepaymentInterest' | 'prepaymentEffect' | 'holidayCalendar'> & { readonly hasMandate?: true };
const LATENESS: Worded = { compound: true, prepaymentInterest: 'to_the_day', prepaymentEffect: 'shorter_term', holidayCalendar: 'CN' };
const WORDED: Readonly<Partial<Record<TemplateVersion, Worded>>> = {
  'loan-contract.v3': LATENESS,
  'loan-contract.v4': { ...LATENESS, hasMandate: true },
};

/** The wording that a contract on an account is drafted by: with the mandate of direct debit, or without one (M-DD-01). */
export function versionOf({ directDebit }: ServicingParameters): TemplateVersion {
  return directDebit ? 'loan-contract.v4' : 'loan-contract.v3';
}

/** What a contract of a version says of lateness, misuse, early repayment and direct debit, with the numbers of the day on which it is drafted; null where it says nothing. */
export function clausesOf(version: TemplateVersion, servicing: ServicingParameters): LoanClauses | null {
  const worded = WORDED[version];
  if (!worded) return null;
  const { penaltyUpliftBps, graceDays, misuseUpliftBps, prepaymentFeeBps, debitTries: tries, debitRetryDays: retryDays } = servicing;
  const { hasMandate, ...words } = worded;
  return { penaltyUpliftBps, graceDays, misuseUpliftBps, prepaymentFeeBps, ...words, ...(hasMandate ? { directDebit: { tries, retryDays } } : {}) };
}

/** Per cent with two decimals at least, and as many more as it takes: a rate is never rounded in a contract. */
function percent(bps: number, upliftBps = 0): string {
  const exact = penaltyRatePercent(percentOfBps(bps), [percentOfBps(upliftBps)]);
  return exact.toFixed(Math.max(2, exact.decimalPlaces()));
}

/** The clauses as the text states them. */
export function clauseValues(
  { penaltyUpliftBps, misuseUpliftBps, graceDays, prepaymentFeeBps, directDebit }: LoanClauses,
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
    ...(directDebit ? { debitTries: String(directDebit.tries), debitRetryDays: String(directDebit.retryDays) } : {}),
  };
}
