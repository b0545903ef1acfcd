import { defineCapability } from '@millrace/service';
import { INVOICE_PLATFORM, ReadBatch } from './read-batch.js';

/** The invoices of a firm, fetched from their platform and read into evidence. */
export const invoices = defineCapability({
  name: 'invoices',
  face: ['batch-evidence', 'read-batch'],
  providers: [ReadBatch],
  outsideParties: [INVOICE_PLATFORM],
});
