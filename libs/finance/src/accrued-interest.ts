import type { Decimal } from 'decimal.js';
import type { IsoDate } from './calendar-date.js';
import { yearFraction, type DayCount } from './day-count.js';
import { InvalidTermsError } from './invalid-terms.js';
import { Exact, roundToMinor } from './rounding.js';
import { exactInterest } from './schedule.js';
import { parseRatePercent } from './schedule-terms.js';

/** An amount that stayed the same from one day to another; the last day is not counted. */
export interface BalanceSpan {
  readonly balanceMinor: bigint;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/**
 * Interest for the actual time money was out (G-PR-10): payoff between due dates, a balance that changed on the way.
 * The spans make ONE line: they are added exactly and rounded once, never per day or per span.
 */
export function accruedInterest(spans: readonly BalanceSpan[], annualRatePercent: string | Decimal, dayCount: DayCount): bigint {
  const rate = parseRatePercent(annualRatePercent);
  let total = new Exact(0);
  for (const { balanceMinor, from, to } of spans) {
    if (balanceMinor < 0n) throw new InvalidTermsError('interest accrues on zero or more');
    total = total.plus(exactInterest(balanceMinor, rate, yearFraction(dayCount, from, to)));
  }
  return roundToMinor(total);
}

/**
 * Rate of penalty interest (罚息) a year in per cent: the contract rate raised by the HEAVIEST of the uplifts that apply,
 * never by two of them (G-PR-07, G-PR-08; overdue 30–50%, misuse 50–100%).
 */
export function penaltyRatePercent(annualRatePercent: string | Decimal, upliftPercents: readonly (string | Decimal)[]): Decimal {
  const uplift = Exact.max(0, ...upliftPercents.map((percent) => parseRatePercent(percent, 'penalty uplift')));
  return parseRatePercent(annualRatePercent).times(uplift.div(100).plus(1));
}

/** Penalty is counted by actual days: over 360 for contracts whose year has 360 days of months, else over the contract's own year. */
export function penaltyDayCount(dayCount: DayCount): DayCount {
  return dayCount === 'periodic' || dayCount === '30E/360' ? 'ACT/360' : dayCount;
}

export interface OverdueAmounts {
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
}

/** Two lines, rounded each for itself: penalty on the principal, compound interest (复利) on the unpaid interest. */
export interface PenaltyInterest {
  readonly penaltyMinor: bigint;
  readonly compoundMinor: bigint;
}

/** Penalty from the day of default to the day before `to`, at the rate of {@link penaltyRatePercent}. */
export function penaltyInterest(
  overdue: OverdueAmounts,
  penaltyRate: Decimal,
  span: { readonly from: IsoDate; readonly to: IsoDate },
  dayCount: DayCount,
): PenaltyInterest {
  return {
    penaltyMinor: accruedInterest([{ balanceMinor: overdue.principalMinor, ...span }], penaltyRate, dayCount),
    compoundMinor: accruedInterest([{ balanceMinor: overdue.interestMinor, ...span }], penaltyRate, dayCount),
  };
}
