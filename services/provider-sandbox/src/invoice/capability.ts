import { defineCapability } from '@millrace/service';
import { InvoiceBatches } from './invoice-batches.js';
import { InvoiceController } from './invoice.controller.js';
import { OrderInvoices } from './order-invoices.js';

/** The platform for invoices. */
export const invoice = defineCapability({
  name: 'invoice',
  controllers: [InvoiceController],
  providers: [InvoiceBatches, OrderInvoices],
});
