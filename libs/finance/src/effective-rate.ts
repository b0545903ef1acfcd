import type { Decimal } from 'decimal.js';
import { InvalidTermsError } from './invalid-terms.js';
import { Exact } from './rounding.js';

/** Money the borrower pays, `monthDays` (a month counted as 30 days) after the payment before it or the disbursement. */
export interface CashFlow {
  readonly amountMinor: bigint;
  readonly monthDays: number;
}

/** The borrower's true rates in basis points with two decimals: 653.86 is 6.5386% a year. */
export interface AnnualRates {
  /** Twelve times the monthly internal rate of return. */
  readonly nominalAnnualRateBps: number;
  /** The monthly internal rate compounded over twelve months; the rate held against a price cap by default. */
  readonly effectiveAnnualRateBps: number;
}

const MONTHS_A_YEAR = 12;
const MONTH_DAYS = 30;
const MAX_STEPS = 500;
const TOLERANCE = new Exact('1e-20');

/**
 * Monthly internal rate of return: the rate at which the payments are worth what the borrower received (R-MK-03, M-RS-03).
 * Time is counted in months whatever the day count, a stub as its whole months and thirtieths, so that equal monthly
 * periods give the textbook rate on the period index and never a trace of the calendar.
 * Newton's method from 0% climbs to the root without overshooting it, since the value falls and is convex in the rate.
 */
export function monthlyInternalRate(receivedMinor: bigint, flows: readonly CashFlow[]): Decimal {
  if (receivedMinor <= 0n) throw new InvalidTermsError('fees leave the borrower nothing of the loan');
  const paidMinor = flows.reduce((total, flow) => total + flow.amountMinor, 0n);
  if (paidMinor < receivedMinor) throw new RangeError('the payments do not repay what was received');
  const received = new Exact(receivedMinor.toString());
  let rate = new Exact(0);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const { value, slope } = presentValue(flows, rate);
    const change = value.minus(received).div(slope);
    rate = rate.plus(change);
    if (change.abs().lt(TOLERANCE)) return rate;
  }
  throw new RangeError('no internal rate of return found');
}

/** Value of the payments today at a monthly rate, and minus its derivative by the rate. */
function presentValue(flows: readonly CashFlow[], rate: Decimal): { value: Decimal; slope: Decimal } {
  const monthly = new Exact(1).div(rate.plus(1));
  let discount = new Exact(1);
  let days = 0;
  let value = new Exact(0);
  let slope = new Exact(0);
  for (const { amountMinor, monthDays } of flows) {
    days += monthDays;
    discount = discount.times(monthDays === MONTH_DAYS ? monthly : monthly.pow(new Exact(monthDays).div(MONTH_DAYS)));
    const term = discount.times(amountMinor.toString());
    value = value.plus(term);
    slope = slope.plus(term.times(days));
  }
  return { value, slope: slope.times(monthly).div(MONTH_DAYS) };
}

/** Nominal and effective annual rate of a loan whose borrower received `receivedMinor` and pays `flows`. */
export function annualRates(receivedMinor: bigint, flows: readonly CashFlow[]): AnnualRates {
  const monthly = monthlyInternalRate(receivedMinor, flows);
  return {
    nominalAnnualRateBps: toBps(monthly.times(MONTHS_A_YEAR)),
    effectiveAnnualRateBps: toBps(monthly.plus(1).pow(MONTHS_A_YEAR).minus(1)),
  };
}

function toBps(rate: Decimal): number {
  return rate.times(10_000).toDecimalPlaces(2, Exact.ROUND_HALF_UP).toNumber();
}
