import { newId, RefundOrdered } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { BankLine } from './book-line.js';

const ORDER = 'insert into refund (refund_id, line_id, task_id, ordered_at) values ($1, $2, $3, $4)';
const WAIT = `update suspense set state = 'refunding' where line_id = $1`;

/** Orders that all of a line goes back to its payer (M-RF-01). The books move when the bank says that it is sent. */
export async function orderRefund(tx: EventTransaction, { lineId, tenantId, amountMinor, currency }: BankLine, taskId: string, now: Date): Promise<void> {
  const refundId = newId();
  await tx.query(ORDER, [refundId, lineId, taskId, now]);
  await tx.query(WAIT, [lineId]);
  tx.emit(new RefundOrdered({ storyId: lineId, lineId, tenantId, refundId, amountMinor, currency }));
}
