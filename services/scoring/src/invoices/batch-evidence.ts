import type { InvoiceBatchRef } from '@millrace/contracts';
import { readInvoicesV1 } from '@millrace/invoices';
import { InvoiceFeatureAccumulator, type InvoiceInput } from '../features/invoice-features.js';

/** What a batch said, as it is kept with the score: the figures and what they were read from, amounts in fen as text. */
export interface BatchEvidence {
  readonly batchId: string;
  /** SHA-256 (hex) of the bytes that were read: those that were verified. */
  readonly sha256: string;
  readonly referenceMonth: string;
  readonly rowCount: number;
  /** Lines that are no invoice; left out and counted (R-CO-04). */
  readonly badRowCount: number;
  /** Invoices after the reference month; left out. */
  readonly laterRowCount: number;
  readonly revenue12mMinor: string;
  readonly purchases12mMinor: string;
  readonly netVat12mMinor: string;
  readonly inputs: Readonly<Record<InvoiceInput, number | null>>;
}

/** Turns the bytes of a batch into figures, chunk by chunk: neither the file nor its rows are ever held as a whole. Throws what `readInvoicesV1` throws. */
export async function readBatchEvidence(bytes: AsyncIterable<Uint8Array>, batch: InvoiceBatchRef): Promise<BatchEvidence> {
  const accumulator = new InvoiceFeatureAccumulator(batch.referenceMonth);
  const reading = readInvoicesV1(bytes, { expectedSha256: batch.sha256 });
  for await (const rows of reading) for (const row of rows) accumulator.add(row);
  const features = accumulator.finish();
  return {
    batchId: batch.batchId,
    sha256: reading.sha256,
    referenceMonth: features.referenceMonth,
    rowCount: reading.rowCount,
    badRowCount: reading.badRowCount,
    laterRowCount: features.laterRowCount,
    revenue12mMinor: String(features.revenue12mMinor),
    purchases12mMinor: String(features.purchases12mMinor),
    netVat12mMinor: String(features.netVat12mMinor),
    inputs: features.inputs,
  };
}
