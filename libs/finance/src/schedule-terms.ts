import type { Decimal } from 'decimal.js';
import { parseDate, type IsoDate } from './calendar-date.js';
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
  /** Monthly instalments, 1 to 600; for `bullet` the tenor in months, paid in ONE row at its end. */
  readonly instalments: number;
  readonly disbursedOn: IsoDate;
  /** First due date when it is not a month after disbursement. */
  readonly firstDueOn?: IsoDate | undefined;
  readonly dayCount: DayCount;
}

/** A rate in per cent, exactly; throws InvalidTermsError unless it lies in 0 to 1000. */
export function parseRatePercent(value: string | Decimal, name = 'annual rate'): Decimal {
  const text = String(value);
  if (!/^-?\d{1,4}(\.\d{1,20})?$/.test(text)) throw new InvalidTermsError(`${name} is not a number in per cent: ${text}`);
  const rate = new Exact(text);
  if (rate.lt(0)) throw new InvalidTermsError(`${name} must not be negative: ${text}`);
  if (rate.gt(MAX_ANNUAL_RATE_PERCENT)) throw new InvalidTermsError(`${name} is above ${MAX_ANNUAL_RATE_PERCENT} per cent: ${text}`);
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
  parseDate(terms.disbursedOn);
  if (terms.firstDueOn !== undefined) {
    parseDate(terms.firstDueOn);
    if (terms.firstDueOn <= terms.disbursedOn) {
      throw new InvalidTermsError(`first due date ${terms.firstDueOn} must be after the disbursement on ${terms.disbursedOn}`);
    }
  }
}
