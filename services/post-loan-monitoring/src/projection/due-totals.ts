import {
  percentOfBps,
  percentOfMinor,
  PRINCIPAL_FIRST_ORDER,
  STANDARD_ORDER,
  type AllocationBucket,
  type AllocationLine,
  type IsoDate,
  type OpenDue,
} from '@millrace/finance';
import { interestIn, principalIn, sumOf } from '../ledger/posting.js';
import type { DuePayment, LateCharges, PaperDue } from './paper-due.js';

/** Sums of some dues, in fen. */
export interface DueTotals {
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  /** Penalty and compound interest. */
  readonly penaltyMinor: bigint;
  readonly feesMinor: bigint;
  readonly totalMinor: bigint;
}

export function totalOf(dues: readonly OpenDue[]): DueTotals {
  const sum = (part: (one: OpenDue) => bigint): bigint => dues.reduce((total, one) => total + part(one), 0n);
  return {
    principalMinor: sum((one) => one.principalMinor),
    interestMinor: sum((one) => one.interestMinor),
    penaltyMinor: sum((one) => one.penaltyMinor),
    feesMinor: sum((one) => one.feesMinor),
    totalMinor: sum((one) => one.feesMinor + one.penaltyMinor + one.interestMinor + one.principalMinor),
  };
}

/** Fee on principal that is paid before it is due. */
export const feeOn = (principalMinor: bigint, feeBps: number): bigint => percentOfMinor(principalMinor, percentOfBps(feeBps));

/** The order in which money pays (M-RS-05): principal first for a loan that is long overdue (M-RS-06). */
export function orderOf(daysPastDue: number, principalFirstOverDpd: number): readonly AllocationBucket[] {
  return daysPastDue > principalFirstOverDpd ? PRINCIPAL_FIRST_ORDER : STANDARD_ORDER;
}

/** Dues less what some lines have paid of them. */
export function lessPaid(dues: readonly OpenDue[], lines: readonly AllocationLine[]): OpenDue[] {
  return dues.map((due) => ({
    ...due,
    feesMinor: due.feesMinor - sumOf(lines, ['fees'], due.number),
    penaltyMinor: due.penaltyMinor - sumOf(lines, ['penalty'], due.number),
    interestMinor: due.interestMinor - interestIn(lines, due.number),
    principalMinor: due.principalMinor - principalIn(lines, due.number),
  }));
}

/**
 * A due with what money of a day has paid of it. Of charges for lateness, penalty is paid before compound interest.
 * @param penaltyAsked the penalty that is asked for; most payments pay no charge, and then it need not be counted
 */
export function withPaid(due: PaperDue, on: IsoDate, lines: readonly AllocationLine[], penaltyAsked: () => bigint): PaperDue {
  const { number } = due;
  if (!lines.some((line) => line.number === number)) return due;
  const latenessMinor = sumOf(lines, ['penalty'], number);
  const askedMinor = latenessMinor === 0n ? 0n : penaltyAsked();
  const penaltyMinor = latenessMinor < askedMinor ? latenessMinor : askedMinor;
  const payment: DuePayment = {
    on,
    principalMinor: principalIn(lines, number),
    interestMinor: interestIn(lines, number),
    penaltyMinor,
    compoundMinor: latenessMinor - penaltyMinor,
  };
  return { ...due, payments: [...due.payments, payment] };
}

/** Dues of which the last asks for a fee besides. */
export function withFee(dues: readonly OpenDue[], feesMinor: bigint): OpenDue[] {
  const last = dues.at(-1);
  return last && feesMinor > 0n ? [...dues.slice(0, -1), { ...last, feesMinor }] : [...dues];
}

/** Charges of several dues together. */
export function sumOfCharges(charges: readonly LateCharges[]): LateCharges {
  return {
    penaltyMinor: charges.reduce((total, { penaltyMinor }) => total + penaltyMinor, 0n),
    compoundMinor: charges.reduce((total, { compoundMinor }) => total + compoundMinor, 0n),
  };
}

/**
 * What an amount pays of principal that is not due yet, and the fee on it: the principal is rounded HALF_UP, so that whoever sends a principal with its
 * rounded fee pays exactly that principal.
 */
export function prepaidBy(amountMinor: bigint, feeBps: number): { readonly principalMinor: bigint; readonly feesMinor: bigint } {
  const parts = BigInt(10_000 + feeBps);
  const principalMinor = (2n * 10_000n * amountMinor + parts) / (2n * parts);
  return { principalMinor, feesMinor: amountMinor - principalMinor };
}
