import type { InvoiceFileReport } from '@millrace/invoices';
import { ArrayMaxSize, IsArray, IsInt, IsNotEmpty, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import type { SourceDefinition } from '../source.js';
import type { TradeTruth } from './trade-truth.js';

/** An ordered batch of invoices, with the last month that the provider has of the firm; what the batch says is added after it was read. */
export class InvoiceOrderReply {
  @IsString() @IsNotEmpty() @MaxLength(100) batchId!: string;
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
  @IsInt() @Min(0) invoiceCount!: number;
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/) referenceMonth!: string;
  /** Months of which the provider knows that it has not all; left out where it has all. */
  @IsOptional() @IsArray() @ArrayMaxSize(120) @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { each: true }) missingMonths?: string[];
}

/** What is kept of an ordered batch: its reference and what it says. */
export interface InvoicesBody {
  readonly order: InvoiceOrderReply;
  /** Lines that were no invoices, left out of every figure. */
  readonly badRows: number;
  /** Business date of the reading; absent, as the two fields behind it, from what was read by the rules of feature set v1. */
  readonly asOf?: string;
  /** Last full month before the submission: what every window ends with. */
  readonly referenceMonth?: string;
  /** What the file's lines are worth, by kind. */
  readonly report?: InvoiceFileReport;
  readonly truth: Omit<TradeTruth, 'invoicedRevenue12mMinor' | 'staleMonths'> & {
    readonly invoicedRevenue12mMinor: string;
    readonly staleMonths?: number | null;
  };
}

/** The invoice platform: an order for the firm's invoices, whose batch is fetched and read by {@link readBatch}. */
export const invoicesSource: SourceDefinition = {
  party: 'invoices',
  consents: ['C5'],
  maxAgeDays: (freshness) => freshness.invoicesDays,
  namesPerson: false,
  reply: InvoiceOrderReply,
  call: ({ subject: { uscc }, queryId, consentId }) => ({ method: 'PUT', path: `/v1/invoices/orders/${queryId}`, body: { uscc, consentId } }),
  // Nobody has invoices of a month that has not begun, so such an order is about something else (F07).
  unusable: (reply, today) => ((reply as InvoiceOrderReply).referenceMonth > today.slice(0, 7) ? 'answered with a reference month of the future' : undefined),
};
