import {
  addDays,
  daysBetween,
  Exact,
  exactInterest,
  parseRatePercent,
  penaltyDayCount,
  penaltyRatePercent,
  percentOfBps,
  roundToMinor,
  yearFraction,
  type BalanceSpan,
  type DayCount,
  type IsoDate,
  type Period,
} from '@millrace/finance';
import type { DayRule, LoanContract } from './loan-case.js';

/** What was paid of one due on one day, in fen. */
export interface DuePayment {
  readonly on: IsoDate;
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  readonly penaltyMinor: bigint;
  readonly compoundMinor: bigint;
  /** Nothing was paid: a restructuring has moved so much of the due into later ones. */
  readonly isMoved?: true | undefined;
}

/** A balance that bore interest at one rate, within one period. */
export interface RatedSpan extends BalanceSpan {
  readonly ratePercent: string;
}

/** One row of a schedule with what became of it. */
export interface PaperDue {
  readonly number: number;
  readonly startsOn: IsoDate;
  readonly dueOn: IsoDate;
  /** Last day on which it can be paid without being late: the due date, or the business day after it. */
  readonly payableOn: IsoDate;
  readonly period: Period;
  /** Principal that is asked for, and interest of the whole period. */
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  /** What the interest is made of, in the order of time; one span where nothing has broken the period. */
  readonly spans: readonly RatedSpan[];
  readonly payments: readonly DuePayment[];
  /** Part of the interest that was late when a restructuring has moved it here: it is earned from the first day on. */
  readonly movedInterestMinor?: bigint | undefined;
  /** Part of the interest that is not owed, as the loan was paid off before the period ended (G-PR-10). */
  readonly waivedInterestMinor?: bigint | undefined;
  /** Due date by the schedule, of a due that was asked for before it. */
  readonly scheduledOn?: IsoDate | undefined;
  /** The period is over, and its interest is without that of money that was misused. */
  readonly isWithoutMisused?: boolean | undefined;
}

type Part = Exclude<keyof DuePayment, 'on' | 'isMoved'>;

/** What was paid of a part by the end of a day. */
export function paidOf(due: PaperDue, part: Part, through?: IsoDate): bigint {
  return due.payments.filter(({ on }) => through === undefined || on <= through).reduce((total, payment) => total + payment[part], 0n);
}

/** What a restructuring has moved out of a due. */
export function movedOf(due: PaperDue, part: Part): bigint {
  return due.payments.filter(({ isMoved }) => isMoved).reduce((total, payment) => total + payment[part], 0n);
}

export const unpaidPrincipalOf = (due: PaperDue): bigint => due.principalMinor - paidOf(due, 'principalMinor');
export const unpaidInterestOf = (due: PaperDue): bigint => due.interestMinor - paidOf(due, 'interestMinor');
/** What of its interest has been earned and is not paid; that of a whole period that was asked for early is paid before it is earned. */
export function unpaidEarned(due: PaperDue, earnedMinor: bigint): bigint {
  const leftMinor = earnedMinor - paidOf(due, 'interestMinor');
  return leftMinor > 0n ? leftMinor : 0n;
}
export const isUnpaid = (due: PaperDue): boolean => unpaidPrincipalOf(due) > 0n || unpaidInterestOf(due) > 0n;

/** Day of the last payment of all; undefined where nothing is paid. */
export function lastPaidOn(dues: readonly PaperDue[]): IsoDate | undefined {
  return dues
    .flatMap(({ payments }) => payments.map(({ on }) => on))
    .toSorted()
    .at(-1);
}

/**
 * Interest of the spans of one period, up to a day, added exactly and rounded once (M-RS-02). A period of a `periodic` loan is a twelfth of a year however
 * many days it has; where it is broken, its interest is shared by actual days, or by thirtieths for contracts of before.
 */
export function interestOfSpans(
  spans: readonly RatedSpan[],
  { startsOn, dueOn, period }: Pick<PaperDue, 'startsOn' | 'dueOn' | 'period'>,
  { dayCount, brokenPeriods, anchorDay }: DayRule,
  through = dueOn,
): bigint {
  let total = new Exact(0);
  for (const { balanceMinor, ratePercent, from, to } of spans) {
    const end = to < through ? to : through;
    if (end <= from) continue;
    const rate = parseRatePercent(ratePercent);
    if (dayCount !== 'periodic' || brokenPeriods === 'thirtieths')
      total = total.plus(exactInterest(balanceMinor, rate, yearFraction(dayCount, from, end, anchorDay)));
    else {
      const { days, daysPerYear } = period.fraction;
      // One division, at the end: half a fen is then half a fen, whatever the days.
      const share = { days: days * daysBetween(from, end), daysPerYear: daysPerYear * daysBetween(startsOn, dueOn) };
      total = total.plus(exactInterest(balanceMinor, rate, share));
    }
  }
  return roundToMinor(total);
}

/** A due that is asked for before its time: its interest is what was earned by the day, and at least what is paid of it. */
export function calledIn(due: PaperDue, { on, payableOn }: { readonly on: IsoDate; readonly payableOn: IsoDate }, earnedMinor: bigint): PaperDue {
  const paidMinor = paidOf(due, 'interestMinor');
  const interestMinor = earnedMinor > paidMinor ? earnedMinor : paidMinor;
  const waivedInterestMinor = (due.waivedInterestMinor ?? 0n) + due.interestMinor - interestMinor;
  return { ...due, dueOn: on, payableOn, scheduledOn: due.dueOn, interestMinor, waivedInterestMinor };
}

/** A due of a loan that has ended on a day: interest that is not paid by then is not owed (G-PR-10), and what is lent later bears its own from then on. */
export function endedDue(due: PaperDue, on: IsoDate): PaperDue {
  const spans = due.dueOn <= on ? due.spans : spansUntil(due.spans, on);
  return { ...due, spans, interestMinor: paidOf(due, 'interestMinor'), waivedInterestMinor: (due.waivedInterestMinor ?? 0n) + unpaidInterestOf(due) };
}

/** A due that asks for other interest from now on, as principal that bore it is paid; what it asks for less is not owed. */
export function asksInterest(due: PaperDue, interestMinor: bigint): PaperDue {
  return { ...due, interestMinor, waivedInterestMinor: (due.waivedInterestMinor ?? 0n) + due.interestMinor - interestMinor };
}

/** Spans as far as they lie before a day. */
export function spansUntil(spans: readonly RatedSpan[], on: IsoDate): RatedSpan[] {
  return spans.filter(({ from }) => from < on).map((span) => ({ ...span, to: span.to < on ? span.to : on }));
}

/** Interest of a due that has been earned by a day. */
export function earnedInterest(due: PaperDue, on: IsoDate, days: DayRule): bigint {
  if (on >= due.dueOn) return due.interestMinor;
  const earnedMinor = (due.movedInterestMinor ?? 0n) + (on <= due.startsOn ? 0n : interestOfSpans(due.spans, due, days, on));
  // What is not owed any more, as the loan was paid off, is not earned.
  return earnedMinor < due.interestMinor ? earnedMinor : due.interestMinor;
}

/** Charges for lateness that have come up by a day, less what was paid of them. */
export interface LateCharges {
  readonly penaltyMinor: bigint;
  readonly compoundMinor: bigint;
}

const NO_CHARGES: LateCharges = { penaltyMinor: 0n, compoundMinor: 0n };
const NEVER = '9999-12-31';

/** First day on which nothing of the due was left; {@link NEVER} while something is. Charges may have been paid later. */
function paidWholeOn(due: PaperDue): IsoDate {
  if (isUnpaid(due)) return NEVER;
  const lastOfDue = due.payments.findLast(({ principalMinor, interestMinor }) => principalMinor > 0n || interestMinor > 0n);
  return lastOfDue?.on ?? due.startsOn;
}

/** Last day on which a due was paid whole after it was late; undefined where none was. */
export function lateUntilOf(dues: readonly PaperDue[]): IsoDate | undefined {
  return dues
    .filter((due) => !isUnpaid(due))
    .map((due) => ({ due, paidOn: paidWholeOn(due) }))
    .filter(({ due, paidOn }) => paidOn > due.payableOn)
    .map(({ paidOn }) => paidOn)
    .toSorted()
    .at(-1);
}

/** No penalty is asked for on a day: the contract has none, or the due was paid whole in time or inside the days of grace, which may not be over yet. */
export function isPenaltyWaived(due: PaperDue, on: IsoDate, { penaltyUpliftBps, graceDays }: LoanContract): boolean {
  if (penaltyUpliftBps === 0) return true;
  const paidOn = paidWholeOn(due);
  if (paidOn <= due.payableOn) return true;
  const graceEndsOn = addDays(due.payableOn, graceDays);
  return on <= graceEndsOn || paidOn <= graceEndsOn;
}

/** A rate of the contract and the day from which it holds. */
export interface DatedRate {
  readonly from: IsoDate;
  readonly ratePercent: string;
}

export const rateOn = (rates: readonly DatedRate[], on: IsoDate): string => rates.findLast(({ from }) => from <= on)!.ratePercent;

/** What was left of a part from the day it was late, span by span, each at the rate of its days. */
function lateSpans(due: PaperDue, part: 'principalMinor' | 'interestMinor', on: IsoDate, rates: readonly DatedRate[]): RatedSpan[] {
  const changes = [...due.payments.map((payment) => payment.on), ...rates.map(({ from }) => from)];
  const between = [...new Set(changes.filter((day) => day > due.payableOn && day < on))].toSorted();
  const days = [due.payableOn, ...between, on];
  return days.slice(1).map((to, index) => {
    const from = days[index]!;
    return { balanceMinor: due[part] - paidOf(due, part, from), from, to, ratePercent: rateOn(rates, from) };
  });
}

/**
 * Penalty on overdue principal and compound interest on overdue interest, each from the due date to the day before `on`, from day to day on what was left
 * and at the rate of the day (G-PR-07, M-RS-02). It takes the place of contract interest, which overdue principal bears no more. Inside the days of grace it
 * is not asked for, and it is never asked for where the due is paid whole inside them.
 * @param rates rates of the contract, the oldest first, from the day of the disbursement on
 */
export function lateCharges(due: PaperDue, on: IsoDate, contract: LoanContract, rates: readonly DatedRate[], dayCount: DayCount): LateCharges {
  if (on <= due.payableOn || isPenaltyWaived(due, on, contract)) return NO_CHARGES;
  const { penaltyUpliftBps, compound } = contract;
  const uplifts = [percentOfBps(penaltyUpliftBps)];
  const charge = (part: 'principalMinor' | 'interestMinor'): bigint => {
    const exact = lateSpans(due, part, on, rates).map(({ balanceMinor, from, to, ratePercent }) =>
      exactInterest(balanceMinor, penaltyRatePercent(ratePercent, uplifts), yearFraction(penaltyDayCount(dayCount), from, to)),
    );
    return roundToMinor(exact.reduce((total, part) => total.plus(part), new Exact(0)));
  };
  return {
    penaltyMinor: charge('principalMinor') - paidOf(due, 'penaltyMinor'),
    compoundMinor: compound ? charge('interestMinor') - paidOf(due, 'compoundMinor') : 0n,
  };
}
