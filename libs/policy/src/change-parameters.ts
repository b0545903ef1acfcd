import { IsWholeFromTo } from './is-parameter.js';

/** How far a term may be extended, and until when that may be asked for (G-WC-07, R-PL-06). */
export class ExtensionParameters {
  /** Longest term of a short loan. */
  @IsWholeFromTo(1, 12) shortTermMonths!: number;
  /** Most that a short loan is extended by in all, as a share of its first term. */
  @IsWholeFromTo(0, 10_000) shortTermShareBps!: number;
  /** The same for a longer loan. */
  @IsWholeFromTo(0, 5_000) longTermShareBps!: number;
  /** Most days past due at which it may be asked for. */
  @IsWholeFromTo(0, 90) mostDpd!: number;
}

/** When a loan may be renewed without its principal being paid back (G-CL-15). */
export class RenewalParameters {
  /** Days before the maturity from which on a renewal may be asked for. */
  @IsWholeFromTo(1, 365) askDays!: number;
  /** Days before the maturity on which a borrower who may renew is told so; 0 where nobody is. No more than `askDays`. */
  @IsWholeFromTo(0, 365) offerDays!: number;
}

/** How long a guarantor stands for a loan, and when it is asked to pay (G-EC-04, R-CR-19). */
export class GuaranteeParameters {
  /** Months after the maturity in which a claim can be made, where nothing else is agreed. */
  @IsWholeFromTo(6, 6) periodMonths!: number;
  /** Least days past due at which a guarantor may be asked to pay. */
  @IsWholeFromTo(1, 365) claimFromDpd!: number;
  /** Days before the lapse on which it is told that a guarantor was not asked yet. */
  @IsWholeFromTo(1, 180) lapseAlarmDays!: number;
}

/** What contradicts itself in these numbers, a line each. */
export function checkRenewal({ askDays, offerDays }: RenewalParameters): string[] {
  return offerDays > askDays ? ['renewal.offerDays must be no more than renewal.askDays: what is offered may be asked for'] : [];
}
