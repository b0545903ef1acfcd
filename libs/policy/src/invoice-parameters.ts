import { IsInt, Matches, Max, Min } from 'class-validator';

const MINOR = /^(0|[1-9]\d{0,15})$/;

/** What is believed of a firm's invoice file, and what moves a figure of it (R-CO-04, R-CR-05). */
export class InvoiceParameters {
  /** For so many months a number of one seller means the same invoice: numbers return honestly after years. */
  @IsInt() @Min(1) @Max(120) sameInvoiceMonths!: number;
  /** Most that one row can be, with tax; beyond it a person looks. 100 million yuan is the largest edition of the paper VAT invoice below the biggest firms'. */
  @Matches(MINOR) mostPlausibleRowMinor!: string;
  /** Share of the usual month from which on a month counts as one with trade, in basis points. */
  @IsInt() @Min(1) @Max(5_000) materialMonthBps!: number;
  /** A sale below this is none: one of a fen moves nothing. */
  @Matches(MINOR) leastSaleMinor!: string;
}
