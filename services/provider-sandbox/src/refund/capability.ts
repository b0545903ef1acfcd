import { defineCapability } from '@millrace/service';
import { RefundBook } from './refund-book.js';
import { RefundController } from './refund.controller.js';

/** The bank that sends money back to whoever has paid it. */
export const refund = defineCapability({
  name: 'refund',
  controllers: [RefundController],
  providers: [RefundBook],
});
