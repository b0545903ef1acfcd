import { IsMinorAmount, IsWholeFromTo } from './is-parameter.js';

/** What is believed of a firm's invoice file, and what moves a figure of it (R-CO-04, R-CR-05). */
export class InvoiceParameters {
  /** For so many months a number of one seller means the same invoice: numbers return honestly after years. */
  @IsWholeFromTo(1, 120) sameInvoiceMonths!: number;
  /** Most that one row can be, with tax; beyond it a person looks. 100 million yuan is the largest edition of the paper VAT invoice below the biggest firms'. */
  @IsMinorAmount() mostPlausibleRowMinor!: string;
  /** Share of the usual month from which on a month counts as one with trade, in basis points. */
  @IsWholeFromTo(1, 5_000) materialMonthBps!: number;
  /** A sale below this is none: one of a fen moves nothing. */
  @IsMinorAmount() leastSaleMinor!: string;
}
