/** Who issued the invoice: a sale is issued by the firm, a purchase by its supplier. */
export type InvoiceDirection = 'sale' | 'purchase';

/** A void invoice (作废) was cancelled in its own month; a red letter (红字) is a valid invoice with a negative amount. */
export type InvoiceStatus = 'valid' | 'void';

/**
 * One VAT invoice. Amounts are integer fen held in a `number`: checked to be a safe integer when read, as 0.7 million bigints
 * would cost several times the reading itself. Convert totals with `BigInt(...)` before any further money arithmetic.
 */
export interface InvoiceRow {
  readonly direction: InvoiceDirection;
  readonly invoiceNo: string;
  /** YYYY-MM-DD. */
  readonly issuedOn: string;
  /** The provider's id of the other party; never a natural person's name. */
  readonly counterparty: string;
  readonly amountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly status: InvoiceStatus;
}

/** A line that is no invoice: counted and reported, never guessed at. */
export interface BadInvoiceRow {
  /** Line of the file, the header being 1. */
  readonly line: number;
  readonly problem: string;
}
