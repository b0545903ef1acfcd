import { RefundTold, type RefundAnswered } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';

/** The books hear what became of a refund that they have ordered; they know which one waits. */
@Injectable()
export class OnRefundAnswered implements EventHandler<RefundAnswered> {
  async handle({ payload }: ReceivedEvent<RefundAnswered>, tx: EventTransaction): Promise<void> {
    tx.emit(new RefundTold(payload));
  }
}
