import type { IsoDate, Period, RepaymentMethod, ScheduleRow } from '@millrace/finance';
import type { DayRule, LoanCase } from './loan-case.js';
import { interestOfSpans, paidOf, type PaperDue } from './paper-due.js';

/** What rows of a schedule do not say of themselves. */
interface RowsOfLoan {
  /** One for each row. */
  readonly periods: readonly Period[];
  /** First day of the first period. */
  readonly startsOn: IsoDate;
  /** Principal before the first row. */
  readonly principalMinor: bigint;
  readonly ratePercent: string;
  readonly firstNumber: number;
  readonly given: Pick<LoanCase, 'contract' | 'businessDayFrom'>;
}

/** Dues of which nothing is paid, one for each row of a schedule. */
export function duesOf(rows: readonly ScheduleRow[], { periods, startsOn, principalMinor, ratePercent, firstNumber, given }: RowsOfLoan): PaperDue[] {
  return rows.map(({ due, principalMinor: asked, interestMinor }, index) => {
    const before = rows[index - 1];
    const from = before?.due ?? startsOn;
    return {
      number: firstNumber + index,
      startsOn: from,
      dueOn: due,
      payableOn: given.contract.rollsForward ? given.businessDayFrom(due) : due,
      period: periods[index]!,
      principalMinor: asked,
      interestMinor,
      spans: [{ balanceMinor: before?.balanceMinor ?? principalMinor, ratePercent, from, to: due }],
      payments: [],
    };
  });
}

/** Instalment, or share of principal, that a shorter term keeps; undefined for methods that have none. */
export function keptBy(method: RepaymentMethod, rows: readonly ScheduleRow[]): bigint | undefined {
  if (method === 'equal_instalment') return rows[0]?.totalMinor;
  return method === 'equal_principal' ? rows[0]?.principalMinor : undefined;
}

/** What breaks a period on a day. */
interface Break {
  readonly on: IsoDate;
  /** Principal and rate from the day on. */
  readonly balanceMinor: bigint;
  readonly ratePercent: string;
  /** A prepayment has paid the interest of the whole period. */
  readonly isWholeAsked: boolean;
  readonly days: DayRule;
}

/** The due whose period is broken: its interest is that of the spans before and after the day, its principal what is asked for from now on. */
export function breakPeriod(before: PaperDue, after: PaperDue, { on, balanceMinor, ratePercent, isWholeAsked, days }: Break): PaperDue {
  const principalMinor = after.principalMinor + paidOf(before, 'principalMinor');
  if (on <= before.startsOn) return { ...before, principalMinor, interestMinor: atLeastPaid(before, after.interestMinor), spans: after.spans };
  if (isWholeAsked) return { ...before, principalMinor };
  const earlier = before.spans.filter(({ from }) => from < on).map((span) => ({ ...span, to: span.to < on ? span.to : on }));
  const spans = [...earlier, { balanceMinor, ratePercent, from: on, to: before.dueOn }];
  return { ...before, principalMinor, interestMinor: atLeastPaid(before, interestOfSpans(spans, before, days)), spans };
}

/** Interest of a whole period that was paid early is not given back where the rate falls. */
function atLeastPaid(due: PaperDue, interestMinor: bigint): bigint {
  const paidMinor = paidOf(due, 'interestMinor');
  return interestMinor > paidMinor ? interestMinor : paidMinor;
}
