/** Who issued the invoice: a sale is issued by the firm, a purchase by its supplier. */
export type InvoiceDirection = 'sale' | 'purchase';

/** A void invoice (作废) was cancelled in its own month; a red letter (红字) is a valid invoice with a negative amount. */
export type InvoiceStatus = 'valid' | 'void';

/**
 * One row of a file. Amounts are integer fen held in a `number`: checked to be a safe integer when read, as 0.7 million bigints
 * would cost several times the reading itself. Sums are made with `BigInt`.
 */
export interface InvoiceRow {
  readonly direction: InvoiceDirection;
  readonly invoiceNo: string;
  /** YYYY-MM-DD, a day of the calendar. */
  readonly issuedOn: string;
  /** The provider's id or name of the other party as it is written; never a natural person's name. */
  readonly counterparty: string;
  readonly amountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly status: InvoiceStatus;
}

/** One invoice, after all its rows were compared. */
export interface Invoice extends InvoiceRow {
  /** The counterparty in normal form: what parties are compared by. */
  readonly party: string;
}

/** A line that is no invoice: counted and reported, never guessed at. */
export interface BadInvoiceRow {
  /** Line of the file, the header being 1. */
  readonly line: number;
  readonly problem: string;
}

/** Kinds of lines that are not taken as they are. */
export type LineFlaw = 'unreadable' | 'contradictory' | 'future' | 'implausible' | 'duplicate' | 'other_form';

/** What a file's lines are worth, as counts by kind; examples are the first of each kind, without any name or number. */
export interface InvoiceFileReport {
  /** Lines behind the header that are not blank. */
  readonly lines: number;
  /** No invoice can be read from them. */
  readonly unreadable: number;
  /** Read, but not written as the format says (another form of date, amount or word). */
  readonly otherForm: number;
  /** Amount, tax and total do not fit together. */
  readonly contradictorySums: number;
  /** Rows of invoices whose rows differ in date, party or amount. */
  readonly contradictoryRows: number;
  /** Dated after the day of the reading. */
  readonly future: number;
  /** Beyond what one invoice of a small firm can be. */
  readonly implausible: number;
  /** Rows that only repeat another one. */
  readonly duplicates: number;
  /** Invoices that are valid in one row and void in another. */
  readonly voidedLater: number;
  readonly examples: readonly (BadInvoiceRow & { readonly kind: LineFlaw })[];
}
