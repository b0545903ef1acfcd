import type { JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { BankClient } from '../bank/bank-client.js';
import { RecordPayout } from './record-payout.js';

/**
 * Does the next thing about one payout: asks whose account it is and sends the instruction, or asks what became of it, and sends only where the bank says that it never
 * saw it (S13, M-DR-01, M-DR-02). A crash at any point leaves a payout that is due again, and is then asked about before anything is sent.
 */
@Injectable()
export class InstructPayout implements JobHandler {
  constructor(
    @Inject(RecordPayout) private readonly records: RecordPayout,
    @Inject(BankClient) private readonly bank: BankClient,
  ) {}

  async run({ payoutId, turn }: { payoutId?: unknown; turn?: unknown }): Promise<void> {
    if (typeof payoutId !== 'string' || typeof turn !== 'number') throw new Error('the job names no payout and turn');
    let work = await this.records.take(payoutId, turn);
    // Ends after two calls at most: either question may lead to an instruction, an instruction leads to nothing further.
    while (work) {
      const { payout } = work;
      if (work.call === 'verify') work = await this.records.recordHolder(payout, await this.bank.verify(payout, work.payee));
      else work = await this.records.record(payout, work.call === 'send' ? await this.bank.send(payout, work.payee) : await this.bank.ask(payout));
    }
  }
}
