import type { InvoiceBatchRef } from '@millrace/contracts';
import { readInvoices, readInvoicesV1, type InvoiceFileReport } from '@millrace/invoices';
import type { InvoiceParameters } from '@millrace/policy';
import { InvoiceFeatureAccumulatorV1 } from '../features/invoice-features-v1.js';
import { computeInvoiceFeatures } from '../features/invoice-features.js';
import type { InvoiceFeatures, InvoiceInput } from '../features/invoice-input.js';

/** What a batch said, as it is kept with the score: the figures and what they were read from, amounts in fen as text. */
export interface BatchEvidence {
  readonly batchId: string;
  /** SHA-256 (hex) of the bytes that were read: those that were verified. */
  readonly sha256: string;
  readonly referenceMonth: string;
  /** Rules that the figures were made by; absent for v1. */
  readonly featureSet?: 2;
  /** Business date of the verification, later than which no invoice can be; absent for v1. */
  readonly asOf?: string;
  readonly rowCount: number;
  /** Lines that are no invoice; left out and counted (R-CO-04). */
  readonly badRowCount: number;
  /** Invoices after the reference month; left out. */
  readonly laterRowCount: number;
  /** What the lines are worth, by kind; absent for v1. */
  readonly report?: Omit<InvoiceFileReport, 'examples'>;
  readonly revenue12mMinor: string;
  readonly purchases12mMinor: string;
  readonly netVat12mMinor: string;
  readonly inputs: Readonly<Record<InvoiceInput, number | null>>;
}

type Figures = Pick<BatchEvidence, 'referenceMonth' | 'laterRowCount' | 'revenue12mMinor' | 'purchases12mMinor' | 'netVat12mMinor' | 'inputs'>;

function figuresOf({ referenceMonth, laterRowCount, revenue12mMinor, purchases12mMinor, netVat12mMinor, inputs }: InvoiceFeatures): Figures {
  return {
    referenceMonth,
    laterRowCount,
    revenue12mMinor: String(revenue12mMinor),
    purchases12mMinor: String(purchases12mMinor),
    netVat12mMinor: String(netVat12mMinor),
    inputs,
  };
}

/** Figures by the rules of v1, for a batch that was verified under them. Throws what `readInvoicesV1` throws, and RangeError for sums beyond exact integers. */
export async function readBatchEvidenceV1(bytes: AsyncIterable<Uint8Array>, batch: InvoiceBatchRef): Promise<BatchEvidence> {
  const accumulator = new InvoiceFeatureAccumulatorV1(batch.referenceMonth);
  const reading = readInvoicesV1(bytes, { expectedSha256: batch.sha256 });
  for await (const rows of reading) for (const row of rows) accumulator.add(row);
  const { rowCount, badRowCount, sha256 } = reading;
  return { batchId: batch.batchId, sha256, rowCount, badRowCount, ...figuresOf(accumulator.finish()) };
}

/**
 * Turns the bytes of a batch into the figures of feature set v2. The file is read as a whole, since a later row may void an earlier one; what is
 * kept are figures alone. Throws what `readInvoices` throws.
 */
export async function readBatchEvidence(
  bytes: AsyncIterable<Uint8Array>,
  batch: InvoiceBatchRef & { readonly asOf: string },
  parameters: InvoiceParameters,
): Promise<BatchEvidence> {
  const { asOf, batchId } = batch;
  const { sameInvoiceMonths, mostPlausibleRowMinor } = parameters;
  const file = await readInvoices(bytes, { asOf, sameInvoiceMonths, mostPlausibleMinor: Number(mostPlausibleRowMinor), expectedSha256: batch.sha256 });
  const { examples: _examples, ...report } = file.report;
  return {
    batchId,
    sha256: file.sha256,
    featureSet: 2,
    asOf,
    rowCount: file.invoices.length,
    badRowCount: report.unreadable,
    report,
    ...figuresOf(computeInvoiceFeatures(file, batch.referenceMonth, parameters)),
  };
}
