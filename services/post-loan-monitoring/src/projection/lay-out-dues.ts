import type { PrepaymentEffect } from '@millrace/contracts';
import { layOutRest, periodsOf, type IsoDate, type Period, type RepaymentMethod, type ScheduleRow } from '@millrace/finance';
import { dayRuleOf, ImpossibleMovementError, type DayRule, type LoanCase } from './loan-case.js';
import { asksInterest, interestOfSpans, paidOf, spansUntil, unpaidPrincipalOf, type PaperDue } from './paper-due.js';

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

const payableOn = (due: IsoDate, { contract, businessDayFrom }: RowsOfLoan['given']): IsoDate => (contract.rollsForward ? businessDayFrom(due) : due);

/** Dues of which nothing is paid, one for each row of a schedule. */
export function duesOf(rows: readonly ScheduleRow[], { periods, startsOn, principalMinor, ratePercent, firstNumber, given }: RowsOfLoan): PaperDue[] {
  return rows.map(({ due, principalMinor: asked, interestMinor }, index) => {
    const before = rows[index - 1];
    const from = before?.due ?? startsOn;
    return {
      number: firstNumber + index,
      startsOn: from,
      dueOn: due,
      payableOn: payableOn(due, given),
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
function breakPeriod(before: PaperDue, after: PaperDue, { on, balanceMinor, ratePercent, isWholeAsked, days }: Break): PaperDue {
  const principalMinor = after.principalMinor + paidOf(before, 'principalMinor');
  const { movedInterestMinor = 0n } = before;
  if (on <= before.startsOn)
    return { ...before, principalMinor, interestMinor: atLeastPaid(before, after.interestMinor + movedInterestMinor), spans: after.spans };
  if (isWholeAsked) return { ...before, principalMinor };
  const spans = [...spansUntil(before.spans, on), { balanceMinor, ratePercent, from: on, to: before.dueOn }];
  return { ...before, principalMinor, interestMinor: atLeastPaid(before, interestOfSpans(spans, before, days) + movedInterestMinor), spans };
}

/**
 * What is not due yet, after principal of it was paid on a day: each due keeps its date, and asks for interest of what was left from that day on. The rows
 * stay as they are, as nothing was agreed on.
 */
export function bearOnRest(dues: readonly PaperDue[], { on, ratePercent, days }: Pick<Break, 'on' | 'ratePercent' | 'days'>): readonly PaperDue[] {
  return dues.map((due, index) => {
    if (due.dueOn <= on) return due;
    const balanceMinor = dues.slice(index).reduce((total, one) => total + unpaidPrincipalOf(one), 0n);
    const from = on > due.startsOn ? on : due.startsOn;
    const spans = [...spansUntil(due.spans, from), { balanceMinor, ratePercent, from, to: due.dueOn }];
    return { ...asksInterest(due, atLeastPaid(due, interestOfSpans(spans, due, days) + (due.movedInterestMinor ?? 0n))), spans };
  });
}

/** Interest of a whole period that was paid early is not given back where the rate falls. */
function atLeastPaid(due: PaperDue, interestMinor: bigint): bigint {
  const paidMinor = paidOf(due, 'interestMinor');
  return interestMinor > paidMinor ? interestMinor : paidMinor;
}

/** What becomes of the part of a loan that is not due yet. */
export interface RestChange {
  /** Movement that changes it, for people. */
  readonly what: string;
  readonly on: IsoDate;
  readonly drawnMinor?: bigint | undefined;
  /** Principal that was paid early, on the first of these rows. */
  readonly prepaidMinor?: bigint | undefined;
  /** Rate from the day on. */
  readonly ratePercent: string;
  /** Instalment, or share of principal, that a shorter term keeps. */
  readonly keptMinor: bigint | undefined;
  /** What a prepayment leaves as it was; that of the contract where nothing is said. */
  readonly effect?: PrepaymentEffect | undefined;
  /** New dates, the last of them after the last one of before, unless they are agreed. */
  readonly dueDates?: readonly IsoDate[] | undefined;
  readonly isAgreed?: true | undefined;
}

/** The first due and the periods of what is not due yet; on new dates where the loan is extended. */
function restOn(
  rest: readonly PaperDue[],
  { what, on, dueDates, isAgreed }: RestChange,
  given: LoanCase,
): { readonly first: PaperDue; readonly periods: readonly Period[] } {
  const first = rest[0];
  if (!first) throw new ImpossibleMovementError(`${what} on ${on} comes after the last due date`);
  if (!dueDates) return { first, periods: rest.map(({ period }) => period) };
  const lastDueOn = rest.at(-1)!.dueOn;
  if (dueDates.some((dueOn, at) => dueOn <= (dueDates[at - 1] ?? on)))
    throw new ImpossibleMovementError(`${what}: the new due dates must rise, from a day after ${on} on`);
  if (!isAgreed && dueDates.at(-1)! <= lastDueOn)
    throw new ImpossibleMovementError(`${what}: the last of the new due dates must be after ${lastDueOn}, which it is to extend`);
  const { method, dayCount } = given.terms;
  const periods = periodsOf({ method, dayCount, instalments: dueDates.length, dueDates, disbursedOn: first.startsOn });
  const { due: dueOn } = periods[0]!;
  return { first: { ...first, dueOn, payableOn: payableOn(dueOn, given), period: periods[0]! }, periods };
}

/** Lays out what is not due yet from a day on; what was earned before the day stays as it was. The second value is what a later shorter term keeps. */
export function layOutAnew(
  dues: readonly PaperDue[],
  change: RestChange,
  given: LoanCase,
): readonly [dues: readonly PaperDue[], keptMinor: bigint | undefined] {
  const { on, ratePercent, drawnMinor = 0n, prepaidMinor = 0n, effect = given.contract.prepaymentEffect } = change;
  const rest = dues.filter(({ dueOn }) => dueOn > on);
  const { first, periods } = restOn(rest, change, given);
  const balanceMinor = rest.reduce((total, due) => total + unpaidPrincipalOf(due), 0n) + drawnMinor;
  const { method, instalmentMultipleMinor } = given.terms;
  const keeps = prepaidMinor > 0n && effect === 'shorter_term';
  const keptMinor = keeps ? change.keptMinor : undefined;
  const { rows } = layOutRest({ method, annualRatePercent: ratePercent, instalmentMultipleMinor, principalMinor: balanceMinor, periods, keptMinor });
  const anew = duesOf(rows, { periods, startsOn: first.startsOn, principalMinor: balanceMinor, ratePercent, firstNumber: first.number, given });
  // A shorter term leaves nothing for the last rows; an earlier one may be of zero too, where the rate is.
  const lastOwed = anew.findLastIndex(({ principalMinor, interestMinor }) => principalMinor + interestMinor > 0n);
  const isWholeAsked = prepaidMinor > 0n && given.contract.prepaymentInterest === 'whole_period';
  const broken = breakPeriod(first, anew[0]!, { on, balanceMinor, ratePercent, isWholeAsked, days: dayRuleOf(given) });
  return [[...dues.filter(({ dueOn }) => dueOn <= on), broken, ...anew.slice(1, lastOwed + 1)], keeps ? change.keptMinor : keptBy(method, rows)];
}
