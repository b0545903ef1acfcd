import type { IsoDate, Period, RepaymentMethod, ScheduleRow } from '@millrace/finance';
import type { LoanCase } from './loan-case.js';
import type { PaperDue } from './paper-due.js';

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
