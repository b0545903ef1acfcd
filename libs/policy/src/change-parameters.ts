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

/** How long a guarantor stands for a loan (G-EC-04). */
export class GuaranteeParameters {
  /** Months after the maturity in which a claim can be made, where nothing else is agreed. */
  @IsWholeFromTo(6, 6) periodMonths!: number;
}
