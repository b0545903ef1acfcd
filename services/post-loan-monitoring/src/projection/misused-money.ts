import { exactInterest, Exact, penaltyDayCount, penaltyRatePercent, percentOfBps, roundToMinor, yearFraction, type IsoDate } from '@millrace/finance';
import type { DayRule, LoanCase } from './loan-case.js';
import { changesOf, factsOn, type LoanFact } from './loan-facts.js';
import { interestOfSpans, isPenaltyWaived, paidOf, rateOn, type DatedRate, type PaperDue, type RatedSpan } from './paper-due.js';

const least = (...amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => (a < b ? a : b));
const positive = (minor: bigint): bigint => (minor > 0n ? minor : 0n);
const unpaidOn = (due: PaperDue, on: IsoDate): bigint => positive(due.principalMinor - paidOf(due, 'principalMinor', on));
/** First day of a due: of its period, or the day on which it was asked for before its period had begun. */
const beginsOn = ({ startsOn, dueOn }: PaperDue): IsoDate => (dueOn < startsOn ? dueOn : startsOn);
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

/**
 * Money of a loan that was used for something else than agreed. From its day it bears the contract rate with the raise for misuse in place of the contract
 * rate (G-PR-07). Money is not marked: what is overdue counts as misused first, the oldest due before the others, and bears the heavier of the two raises
 * alone (G-PR-08). What comes up in a period is asked for with the due of the period.
 */
export class MisusedMoney {
  readonly #facts: readonly LoanFact[];
  readonly #changes: readonly IsoDate[];
  readonly #contract: LoanCase['contract'];

  constructor(
    { facts = [], contract }: Pick<LoanCase, 'facts' | 'contract'>,
    private readonly days: DayRule,
  ) {
    this.#facts = facts;
    this.#changes = changesOf(facts, 'misuse');
    this.#contract = contract;
  }

  /** Undefined where no money was misused, or the contract asks nothing for it. */
  static of(given: LoanCase, days: DayRule): MisusedMoney | undefined {
    const costs = (given.contract.misuseUpliftBps ?? 0) > 0 && given.facts?.some(({ kind }) => kind === 'misuse');
    return costs ? new MisusedMoney(given, days) : undefined;
  }

  /** Penalty of a due by a day before what was paid of it: for misuse in its period, and for misuse and lateness after it. */
  penaltyOf(due: PaperDue, dues: readonly PaperDue[], on: IsoDate, rates: readonly DatedRate[]): bigint {
    const { penaltyUpliftBps, misuseUpliftBps = 0 } = this.#contract;
    const [overdue, misuse] = [percentOfBps(penaltyUpliftBps), percentOfBps(misuseUpliftBps)];
    const isWaived = isPenaltyWaived(due, on, this.#contract);
    const dayCount = penaltyDayCount(this.days.dayCount);
    let total = new Exact(0);
    for (const { from, to } of this.#stretches(due, dues, on, rates)) {
      const isLate = from >= due.payableOn && !isWaived;
      const misusedMinor = this.#misusedOf(due, dues, from);
      const restMinor = isLate ? unpaidOn(due, from) - misusedMinor : 0n;
      const add = (minor: bigint, uplifts: Parameters<typeof penaltyRatePercent>[1]): void => {
        if (minor > 0n) total = total.plus(exactInterest(minor, penaltyRatePercent(rateOn(rates, from), uplifts), yearFraction(dayCount, from, to)));
      };
      add(misusedMinor, isLate ? [misuse, overdue] : [misuse]);
      add(restMinor, [overdue]);
    }
    return roundToMinor(total);
  }

  /** Money was misused in the due's period, or after it before it was paid. */
  touches(due: PaperDue, on: IsoDate): boolean {
    return this.#facts.some(({ kind, from, to }) => kind === 'misuse' && from < on && (to === undefined || to >= beginsOn(due)));
  }

  /** Contract interest of a due's period, to a day in it, that misused money does not bear. */
  replacedInterest(due: PaperDue, dues: readonly PaperDue[], on: IsoDate): bigint {
    const spans = due.spans.flatMap((span): RatedSpan[] =>
      this.#stretches(due, dues, due.dueOn, [])
        .filter(({ from, to }) => from < span.to && to > span.from)
        .map(({ from, to }) => ({
          ratePercent: span.ratePercent,
          from: from > span.from ? from : span.from,
          to: to < span.to ? to : span.to,
          balanceMinor: span.balanceMinor - this.#misusedOf(due, dues, from > span.from ? from : span.from),
        })),
    );
    return interestOfSpans(due.spans, due, this.days, on) - interestOfSpans(spans, due, this.days, on);
  }

  /** Days from the first of a due to another, cut where anything changes. */
  #stretches(due: PaperDue, dues: readonly PaperDue[], on: IsoDate, rates: readonly DatedRate[]): { readonly from: IsoDate; readonly to: IsoDate }[] {
    const first = beginsOn(due);
    if (on <= first) return [];
    const cuts = [
      due.dueOn,
      due.payableOn,
      ...due.spans.map(({ from }) => from),
      ...dues.flatMap((one) => one.payments.map((payment) => payment.on)),
      ...rates.map(({ from }) => from),
      ...this.#changes,
    ].filter((day) => day > first && day < on);
    const days = [first, ...[...new Set(cuts)].toSorted(), on];
    return days.slice(1).map((to, at) => ({ from: days[at]!, to }));
  }

  /** Misused money of a day: after a due's day of its own principal, before it of all principal that bears interest in its period. */
  #misusedOf(due: PaperDue, dues: readonly PaperDue[], on: IsoDate): bigint {
    const before = due.dueOn <= on ? dues.filter(({ number }) => number < due.number) : dues.filter(({ dueOn }) => dueOn <= on);
    const leftMinor = positive(this.#amountOn(on) - sum(before.map((one) => unpaidOn(one, on))));
    if (due.dueOn <= on) return least(leftMinor, unpaidOn(due, on));
    const bearsMinor = due.spans.findLast(({ from }) => from <= on)?.balanceMinor ?? 0n;
    return least(leftMinor, bearsMinor, sum(dues.filter(({ dueOn }) => dueOn > on).map((one) => unpaidOn(one, on))));
  }

  /** All that was misused by a day; a fact without an amount is of the whole loan. */
  #amountOn(on: IsoDate): bigint {
    return sum(factsOn(this.#facts, 'misuse', on).map(({ amountMinor = WHOLE_LOAN }) => amountMinor));
  }
}

/** More than any loan is. */
const WHOLE_LOAN = 10n ** 18n;
