import type { VintageRowAnswer } from '@millrace/contracts/api';
import type { IsoDate } from '@millrace/finance';
import { ratioBps } from '../classification/ratio-bps.js';

/** Everything that was lent in one month. */
export interface Cohort {
  /** `YYYY-MM`. */
  readonly bookingMonth: string;
  readonly loans: number;
  readonly bookedMinor: bigint;
}

/** What of a cohort was owed late at the end of a day. */
export interface CohortBalance {
  readonly bookingMonth: string;
  readonly day: IsoDate;
  readonly m1PlusMinor: bigint;
  readonly m4PlusMinor: bigint;
}

const MONTHS_OF_YEAR = 12;

/** `YYYY-MM` of a day. */
export const monthOf = (day: IsoDate): string => day.slice(0, 7);

/** Months from the one of the booking to the one of the day. */
function monthsOnBook(bookingMonth: string, day: IsoDate): number {
  const monthNumber = (month: string): number => Number(month.slice(0, 4)) * MONTHS_OF_YEAR + Number(month.slice(5, 7));
  return monthNumber(day) - monthNumber(bookingMonth);
}

/**
 * Share of what was lent in a month that is late by one month or more (M1+), and by four or more (M4+), at the end of each month since: cohorts of one age can be
 * held against each other, however large they are.
 * @param days the newest reported day of each month, rising
 */
export function vintageRows(cohorts: readonly Cohort[], days: readonly IsoDate[], balances: readonly CohortBalance[]): VintageRowAnswer[] {
  const keyOf = (bookingMonth: string, day: IsoDate): string => `${bookingMonth} ${day}`;
  const found = new Map(balances.map((balance) => [keyOf(balance.bookingMonth, balance.day), balance]));
  return cohorts.flatMap(({ bookingMonth, loans, bookedMinor }) =>
    days
      .filter((day) => monthOf(day) >= bookingMonth)
      .map((day) => {
        const { m1PlusMinor = 0n, m4PlusMinor = 0n } = found.get(keyOf(bookingMonth, day)) ?? {};
        return {
          bookingMonth,
          monthsOnBook: monthsOnBook(bookingMonth, day),
          day,
          loans,
          bookedMinor: String(bookedMinor),
          m1PlusMinor: String(m1PlusMinor),
          m1PlusBps: ratioBps(m1PlusMinor, bookedMinor)!,
          m4PlusMinor: String(m4PlusMinor),
          m4PlusBps: ratioBps(m4PlusMinor, bookedMinor)!,
        };
      }),
  );
}
