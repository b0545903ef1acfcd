import type { Decimal } from 'decimal.js';
import { MISSING_DAYS, parseDate, type IsoDate, type MissingDay } from './calendar-date.js';
import { DAY_COUNTS, type DayCount } from './day-count.js';
import { InvalidTermsError } from './invalid-terms.js';
import { Exact } from './rounding.js';

/** 等额本息, 等额本金, 先息后本, 一次还本付息. */
export const REPAYMENT_METHODS = ['equal_instalment', 'equal_principal', 'interest_monthly', 'bullet'] as const;
export type RepaymentMethod = (typeof REPAYMENT_METHODS)[number];

export const MAX_INSTALMENTS = 600;
/** Above any lawful price (24%, 36% on old display rules); a bound against a rate in the wrong unit. */
export const MAX_ANNUAL_RATE_PERCENT = 1000;
/** The wire form of money has 18 digits. */
const MAX_PRINCIPAL_MINOR = 10n ** 18n - 1n;

export interface ScheduleTerms {
  readonly method: RepaymentMethod;
  /** Money lent, in minor units, 1 or more. */
  readonly principalMinor: bigint;
  /** Contract rate a year in per cent, `6.35`; zero is a rate. */
  readonly annualRatePercent: string | Decimal;
  /** Number of instalments, 1 to 600; for `bullet` the periods of its tenor, paid in ONE row at their end. */
  readonly instalments: number;
  readonly disbursedOn: IsoDate;
  /** First due date when it is not a period after disbursement. */
  readonly firstDueOn?: IsoDate | undefined;
  readonly dayCount: DayCount;
  /** Months from one due date to the next; 1 where it is not given. */
  readonly periodMonths?: number | undefined;
  /** Every due date, where they follow no chain: a season's, or those of a step schedule. Then neither `firstDueOn` nor `missingDay` counts. */
  readonly dueDates?: readonly IsoDate[] | undefined;
  /** What a due date becomes in a month that has no such day; its last day where it is not given. */
  readonly missingDay?: MissingDay | undefined;
  /** The instalments of `equal_instalment` and `equal_principal` are rounded up to a multiple of this; the last one takes the rest. */
  readonly instalmentMultipleMinor?: bigint | undefined;
}

const MAX_PERIOD_MONTHS = 120;

/** Rates that were read already: a book has few of them, and a play of a loan asks for its rate again and again. */
const READ_RATES = new Map<string, Decimal>();
const MOST_READ_RATES = 1_000;

/** A rate in per cent, exactly; throws InvalidTermsError unless it lies in 0 to 1000. */
export function parseRatePercent(value: string | Decimal, name = 'annual rate'): Decimal {
  const text = String(value);
  const known = READ_RATES.get(text);
  if (known) return known;
  if (!/^-?\d{1,4}(\.\d{1,20})?$/.test(text)) throw new InvalidTermsError(`${name} is not a number in per cent: ${text}`);
  const rate = new Exact(text);
  if (rate.lt(0)) throw new InvalidTermsError(`${name} must not be negative: ${text}`);
  if (rate.gt(MAX_ANNUAL_RATE_PERCENT)) throw new InvalidTermsError(`${name} is above ${MAX_ANNUAL_RATE_PERCENT} per cent: ${text}`);
  if (READ_RATES.size === MOST_READ_RATES) READ_RATES.clear();
  READ_RATES.set(text, rate);
  return rate;
}

/** Throws InvalidTermsError with one clear line for terms of which no schedule can be made. */
export function assertScheduleTerms(terms: ScheduleTerms): void {
  if (!REPAYMENT_METHODS.includes(terms.method)) {
    throw new InvalidTermsError(`unknown method: ${terms.method} (one of ${REPAYMENT_METHODS.join(', ')})`);
  }
  if (!DAY_COUNTS.includes(terms.dayCount)) {
    throw new InvalidTermsError(`unknown day count: ${terms.dayCount} (one of ${DAY_COUNTS.join(', ')})`);
  }
  if (typeof terms.principalMinor !== 'bigint') throw new InvalidTermsError('principal must be whole minor units');
  if (terms.principalMinor <= 0n) throw new InvalidTermsError('principal must be more than zero');
  if (terms.principalMinor > MAX_PRINCIPAL_MINOR) throw new InvalidTermsError('principal has more than 18 digits');
  parseRatePercent(terms.annualRatePercent);
  if (!Number.isInteger(terms.instalments) || terms.instalments < 1 || terms.instalments > MAX_INSTALMENTS) {
    throw new InvalidTermsError(`instalments must be a whole number from 1 to ${MAX_INSTALMENTS}: ${terms.instalments}`);
  }
  assertDates(terms);
  if (terms.instalmentMultipleMinor !== undefined && terms.instalmentMultipleMinor <= 0n) {
    throw new InvalidTermsError('the multiple of an instalment must be more than zero');
  }
}

function assertDates({ disbursedOn, firstDueOn, periodMonths = 1, missingDay, dueDates, instalments }: ScheduleTerms): void {
  parseDate(disbursedOn);
  if (firstDueOn !== undefined) {
    parseDate(firstDueOn);
    if (firstDueOn <= disbursedOn) throw new InvalidTermsError(`first due date ${firstDueOn} must be after the disbursement on ${disbursedOn}`);
  }
  if (!Number.isInteger(periodMonths) || periodMonths < 1 || periodMonths > MAX_PERIOD_MONTHS) {
    throw new InvalidTermsError(`a period must be a whole number of months from 1 to ${MAX_PERIOD_MONTHS}: ${periodMonths}`);
  }
  if (missingDay !== undefined && !MISSING_DAYS.includes(missingDay)) {
    throw new InvalidTermsError(`unknown rule for a missing day: ${String(missingDay)} (one of ${MISSING_DAYS.join(', ')})`);
  }
  if (dueDates === undefined) return;
  if (dueDates.length !== instalments) throw new InvalidTermsError(`there are ${dueDates.length} due dates for ${instalments} instalments`);
  dueDates.forEach((due, index) => {
    parseDate(due);
    const before = index === 0 ? disbursedOn : dueDates[index - 1]!;
    if (due <= before) throw new InvalidTermsError(`due date ${due} must be after ${before}`);
  });
}
