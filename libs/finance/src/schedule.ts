import type { Decimal } from 'decimal.js';
import type { IsoDate } from './calendar-date.js';
import type { YearFraction } from './day-count.js';
import { periodsOf, type Period } from './periods.js';
import { Exact, roundToMinor } from './rounding.js';
import { assertScheduleTerms, parseRatePercent, type RepaymentMethod, type ScheduleTerms } from './schedule-terms.js';

/** What falls due on one day; all amounts in minor units, none negative. */
export interface ScheduleRow {
  /** 1 for the first. */
  readonly number: number;
  readonly due: IsoDate;
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  readonly totalMinor: bigint;
  /** Principal still owed after this row is paid; 0 after the last. */
  readonly balanceMinor: bigint;
  /** Days since the row before with a month counted as 30, the time axis of the effective rate. */
  readonly monthDays: number;
}

export interface Schedule {
  readonly principalMinor: bigint;
  readonly rows: readonly ScheduleRow[];
  /** The level instalment of `equal_instalment`; for the other methods what the first row asks for. */
  readonly instalmentMinor: bigint;
  readonly totalInterestMinor: bigint;
}

/** Principal that a row repays, given its interest and the balance before it. */
type PrincipalRule = (index: number, interestMinor: bigint, balanceMinor: bigint) => bigint;

/**
 * The repayment schedule of a loan (R-BG-05, M-RS-01). Every line is rounded once, HALF_UP; the last row takes the
 * rest of the principal; the number of rows is the number agreed (one for `bullet`). Throws InvalidTermsError.
 */
export function buildSchedule(terms: ScheduleTerms): Schedule {
  assertScheduleTerms(terms);
  return layOutRest({ ...terms, periods: periodsOf(terms) });
}

/** What is laid out over periods: a whole loan, or what is left of one after a prepayment. */
export interface RestTerms extends Pick<ScheduleTerms, 'method' | 'annualRatePercent' | 'instalmentMultipleMinor'> {
  /** Principal that the rows repay. */
  readonly principalMinor: bigint;
  readonly periods: readonly Period[];
  /** An instalment (`equal_instalment`) or share of principal (`equal_principal`) that stays; the rows end earlier. Without it, they are levelled anew. */
  readonly keptMinor?: bigint | undefined;
}

/** The rows of {@link RestTerms}: one for each period, those that nothing is left for are zero. */
export function layOutRest({ method, annualRatePercent, instalmentMultipleMinor: multipleMinor, principalMinor, periods, keptMinor }: RestTerms): Schedule {
  const ratePercent = parseRatePercent(annualRatePercent);
  if (method === 'equal_instalment' && keptMinor === undefined) {
    const annuity = new Annuity(periods, ratePercent, principalMinor, multipleMinor);
    return layOut(principalMinor, ratePercent, periods, annuity.principalOf, annuity);
  }
  return layOut(principalMinor, ratePercent, periods, principalRule(method, principalMinor, periods.length, multipleMinor, keptMinor));
}

function principalRule(method: RepaymentMethod, principalMinor: bigint, rows: number, multipleMinor?: bigint, keptMinor?: bigint): PrincipalRule {
  switch (method) {
    case 'equal_instalment':
      return (_, interestMinor) => (keptMinor! > interestMinor ? keptMinor! - interestMinor : 0n);
    case 'equal_principal': {
      const shareMinor = keptMinor ?? roundToMinor(new Exact(principalMinor.toString()).div(rows));
      return (_, interestMinor) => roundUpTo(multipleMinor, shareMinor + interestMinor) - interestMinor;
    }
    case 'interest_monthly':
    case 'bullet':
      return () => 0n;
  }
}

/** Interest on one balance over one part of a year, HALF_UP; multiplied out before the division, so that a half is seen as a half. */
export function interestOn(balanceMinor: bigint, ratePercent: Decimal, fraction: YearFraction): bigint {
  return roundToMinor(exactInterest(balanceMinor, ratePercent, fraction));
}

/** {@link interestOn} before its rounding, for sums that are rounded once. */
export function exactInterest(balanceMinor: bigint, ratePercent: Decimal, fraction: YearFraction): Decimal {
  return new Exact(balanceMinor.toString())
    .times(ratePercent)
    .times(fraction.days)
    .div(100 * fraction.daysPerYear);
}

function layOut(principalMinor: bigint, ratePercent: Decimal, periods: readonly Period[], principalOf: PrincipalRule, annuity?: Annuity): Schedule {
  let balanceMinor = principalMinor;
  const rows = periods.map(({ due, fraction, monthDays }, index): ScheduleRow => {
    const interestMinor = interestOn(balanceMinor, ratePercent, fraction);
    const isLast = index === periods.length - 1;
    const wantedMinor = isLast ? balanceMinor : principalOf(index, interestMinor, balanceMinor);
    // A loan of fewer cents than instalments is paid off early; the rows that remain are zero, not negative.
    const repaidMinor = wantedMinor < balanceMinor ? wantedMinor : balanceMinor;
    balanceMinor -= repaidMinor;
    return { number: index + 1, due, principalMinor: repaidMinor, interestMinor, totalMinor: repaidMinor + interestMinor, balanceMinor, monthDays };
  });
  const first = rows[0];
  if (first === undefined || balanceMinor !== 0n) throw new Error('a schedule must repay its principal');
  return {
    principalMinor,
    rows,
    instalmentMinor: annuity?.levelMinor ?? first.totalMinor,
    totalInterestMinor: rows.reduce((total, row) => total + row.interestMinor, 0n),
  };
}

/** The next multiple of an amount of more than zero; the amount itself where no multiple is agreed. */
function roundUpTo(multipleMinor: bigint | undefined, amountMinor: bigint): bigint {
  return multipleMinor === undefined ? amountMinor : ((amountMinor + multipleMinor - 1n) / multipleMinor) * multipleMinor;
}

/** The level instalment: P / Σ Π 1/(1+i_k) over the periods' own factors, HALF_UP. */
class Annuity {
  levelMinor: bigint;

  constructor(
    private readonly periods: readonly Period[],
    private readonly ratePercent: Decimal,
    principalMinor: bigint,
    private readonly multipleMinor?: bigint,
  ) {
    this.levelMinor = this.levelFrom(0, principalMinor);
  }

  /**
   * Where a period alone bears more interest than the level instalment (a first period of many months, or a 31-day month
   * of a very long and dear loan), its row pays that interest and no principal, and the rows after it are levelled anew:
   * interest is never added to the principal.
   */
  readonly principalOf: PrincipalRule = (index, interestMinor, balanceMinor) => {
    if (interestMinor <= this.levelMinor) return this.levelMinor - interestMinor;
    this.levelMinor = this.levelFrom(index + 1, balanceMinor);
    return 0n;
  };

  private levelFrom(start: number, balanceMinor: bigint): bigint {
    let discount = new Exact(1);
    let sum = new Exact(0);
    for (const { fraction } of this.periods.slice(start)) {
      const growth = this.ratePercent
        .times(fraction.days)
        .div(100 * fraction.daysPerYear)
        .plus(1);
      discount = discount.div(growth);
      sum = sum.plus(discount);
    }
    return roundUpTo(this.multipleMinor, roundToMinor(new Exact(balanceMinor.toString()).div(sum)));
  }
}
