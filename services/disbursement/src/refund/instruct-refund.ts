import type { JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { RecordRefund } from './record-refund.js';
import { RefundClient } from './refund-client.js';

/**
 * Does the next thing about one refund: sends it, or asks what became of it, and sends again, under the same id, only where the bank says that it never saw it
 * (M-RF-01, S13). A crash at any point leaves a refund that is due again, and is then asked about before anything is sent.
 */
@Injectable()
export class InstructRefund implements JobHandler {
  constructor(
    @Inject(RecordRefund) private readonly records: RecordRefund,
    @Inject(RefundClient) private readonly bank: RefundClient,
  ) {}

  async run({ refundId, turn }: { refundId?: unknown; turn?: unknown }): Promise<void> {
    if (typeof refundId !== 'string' || typeof turn !== 'number') throw new Error('the job names no refund and turn');
    let work = await this.records.take(refundId, turn);
    // Ends after two calls at most: a question may lead to an instruction, an instruction leads to nothing further.
    while (work) {
      const { refund } = work;
      work = await this.records.record(refund, work.call === 'send' ? await this.bank.send(refund, work.payer) : await this.bank.ask(refund));
    }
  }
}
