import { RefundAnswered, RefundOrdered, RefundRequested, RefundTold } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnRefundAnswered } from './on-refund-answered.js';
import { OnRefundOrdered } from './on-refund-ordered.js';

/** Money in suspense that goes back to its payer: from the books to the bank, and what became of it back to the books. */
export const refund = defineCapability({
  name: 'refund',
  consumes: [consume(RefundOrdered, OnRefundOrdered), consume(RefundAnswered, OnRefundAnswered)],
  produces: [RefundRequested, RefundTold],
});
