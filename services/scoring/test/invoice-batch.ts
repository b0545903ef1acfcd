import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { InvoiceBatchRef } from '@millrace/contracts';

/** First line of every batch. */
export const INVOICE_HEADER = 'direction,invoice_no,issued_on,counterparty,amount_yuan,tax_yuan,total_yuan,status';

/** A batch as the provider keeps it. */
export interface InvoiceBatch {
  readonly ref: InvoiceBatchRef;
  readonly bytes: Buffer;
}

/** Valid sales and purchases spread over the 36 months up to 2020-02: three sales to a purchase, 40 buyers, no two invoices alike. */
export function invoiceBatch(batchId: string, invoiceCount: number): InvoiceBatch {
  const lines = Array.from({ length: invoiceCount }, (_, at) => {
    const month = (at % 36) + 2;
    const issuedOn = `${2017 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${String((at % 28) + 1).padStart(2, '0')}`;
    const direction = at % 4 === 3 ? 'purchase' : 'sale';
    const yuan = 1000 + ((at * 7919) % 9000);
    return `${direction},${10_000_000 + at},${issuedOn},${direction === 'sale' ? 'B' : 'S'}${at % 40},${yuan}.00,${yuan / 10},${(yuan * 11) / 10},valid`;
  });
  const bytes = gzipSync(`${INVOICE_HEADER}\n${lines.join('\n')}\n`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, ref: { batchId, sha256, invoiceCount, referenceMonth: '2020-02' } };
}
