import { businessDate, RefundRequested, type Clock, type RefundOrdered } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { policyInForce } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { LoanApplicationConfig } from '../config.js';

/** What the books give back is ordered from disbursement, which holds the order against the credit that it has stored (M-RF-01). */
@Injectable()
export class OnRefundOrdered implements EventHandler<RefundOrdered> {
  constructor(
    @Inject(LoanApplicationConfig) private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async handle({ payload }: ReceivedEvent<RefundOrdered>, tx: EventTransaction): Promise<void> {
    const { version: policyVersion } = policyInForce(this.config.lenderType, businessDate(this.clock.now()));
    tx.emit(new RefundRequested({ ...payload, policyVersion }));
  }
}
