import type { DayCount, LoanClauses } from '@millrace/contracts';
import { penaltyDayCount, penaltyRatePercent, percentOfBps } from '@millrace/finance';
import type { ServicingParameters } from '@millrace/policy';
import type { Language } from '@millrace/reasons';
import { saysMandate, saysRate } from './clause-sentences.js';
import type { ClauseValues, TemplateVersion } from './contract-text.js';

/** What the wording of a version says in words, where a number says the rest. A version that is not here says nothing of lateness and early repayment. */
type Worded = Pick<LoanClauses, 'compound' | 'prepaymentInterest' | 'prepaymentEffect' | 'prepaymentChoice' | 'holidayCalendar'>;
const LATENESS: Worded = { compound: true, prepaymentInterest: 'to_the_day', prepaymentEffect: 'shorter_term', holidayCalendar: 'CN' };
const WORDED: Readonly<Partial<Record<TemplateVersion, Worded>>> = {
  'loan-contract.v3': LATENESS,
  'loan-contract.v4': LATENESS,
  'loan-contract.v5': { ...LATENESS, prepaymentChoice: true },
};
/** Versions that can say that what falls due is debited. */
const WITH_MANDATE: ReadonlySet<TemplateVersion> = new Set(['loan-contract.v4', 'loan-contract.v5']);

/**
 * The wording that a contract on an account is drafted by: the newest where the borrower may choose what a prepayment changes (M-LN-08) or the rate floats,
 * which no other one says; else with the mandate of direct debit, or without one (M-DD-01).
 */
export function versionOf({ directDebit, prepaymentChoice }: ServicingParameters, floats: boolean): TemplateVersion {
  if (prepaymentChoice || floats) return 'loan-contract.v5';
  return directDebit ? 'loan-contract.v4' : 'loan-contract.v3';
}

/**
 * What a contract of a version says of lateness, misuse, early repayment and direct debit, with the numbers of the day on which it is drafted, and how its
 * rate floats; null where it says nothing.
 */
export function clausesOf(version: TemplateVersion, servicing: ServicingParameters, floatingRate?: LoanClauses['floatingRate']): LoanClauses | null {
  const words = WORDED[version];
  if (!words) return null;
  const { penaltyUpliftBps, graceDays, misuseUpliftBps, prepaymentFeeBps, debitTries: tries, debitRetryDays: retryDays } = servicing;
  const mandate = servicing.directDebit && WITH_MANDATE.has(version) ? { directDebit: { tries, retryDays } } : {};
  return { penaltyUpliftBps, graceDays, misuseUpliftBps, prepaymentFeeBps, ...words, ...mandate, ...(floatingRate ? { floatingRate } : {}) };
}

/** Per cent with two decimals at least, and as many more as it takes: a rate is never rounded in a contract. */
function percent(bps: number, upliftBps = 0): string {
  const exact = penaltyRatePercent(percentOfBps(bps), [percentOfBps(upliftBps)]);
  return exact.toFixed(Math.max(2, exact.decimalPlaces()));
}

/** How the text is written. */
interface Wording {
  readonly version: TemplateVersion;
  readonly rateBps: number;
  readonly dayCount: DayCount;
  readonly language: Language;
  readonly sayDayCount: (dayCount: string) => string;
}

/** The clauses as the text of a version states them. */
export function clauseValues(clauses: LoanClauses, { version, rateBps, dayCount, language, sayDayCount }: Wording): ClauseValues {
  const { penaltyUpliftBps, misuseUpliftBps, graceDays, prepaymentFeeBps, directDebit, floatingRate } = clauses;
  const sentences = { rateClause: saysRate(floatingRate, language), mandateClause: saysMandate(directDebit, language) };
  const numbers = directDebit ? { debitTries: String(directDebit.tries), debitRetryDays: String(directDebit.retryDays) } : {};
  return {
    penaltyUpliftPercent: percent(penaltyUpliftBps),
    penaltyRatePercent: percent(rateBps, penaltyUpliftBps),
    misuseUpliftPercent: percent(misuseUpliftBps),
    misuseRatePercent: percent(rateBps, misuseUpliftBps),
    graceDays: String(graceDays),
    prepaymentFeePercent: percent(prepaymentFeeBps),
    lateDayCount: sayDayCount(penaltyDayCount(dayCount)),
    ...(version === 'loan-contract.v5' ? sentences : numbers),
  };
}
