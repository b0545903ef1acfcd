import type { FirstPaymentRowAnswer } from '@millrace/contracts/api';
import { ratioBps } from '../classification/ratio-bps.js';

/** First payments of one month's loans on which so many days have passed. */
export interface FirstPayments {
  readonly bookingMonth: string;
  readonly daysLate: number;
  readonly loans: number;
  readonly lateLoans: number;
  readonly bookedMinor: bigint;
  readonly lateBookedMinor: bigint;
}

/** Share of the loans of a month, and of what was lent in it, whose first payment had not come so many days after its due date (FPD). */
export function firstPaymentRows(counted: readonly FirstPayments[]): FirstPaymentRowAnswer[] {
  return counted.map(({ bookedMinor, lateBookedMinor, ...row }) => ({
    ...row,
    bookedMinor: String(bookedMinor),
    lateBookedMinor: String(lateBookedMinor),
    lateLoansBps: ratioBps(BigInt(row.lateLoans), BigInt(row.loans))!,
    lateBookedBps: ratioBps(lateBookedMinor, bookedMinor)!,
  }));
}
