import type { JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { DebitClient } from './debit-client.js';
import { RecordDebit } from './record-debit.js';

/**
 * Does the next thing about one debit: sends it, or asks what became of it, and sends again, under the same id, only where the bank says that it never saw it
 * (M-DD-03, S13). A crash at any point leaves a debit that is due again, and is then asked about before anything is sent.
 */
@Injectable()
export class InstructDebit implements JobHandler {
  constructor(
    @Inject(RecordDebit) private readonly records: RecordDebit,
    @Inject(DebitClient) private readonly bank: DebitClient,
  ) {}

  async run({ debitId, turn }: { debitId?: unknown; turn?: unknown }): Promise<void> {
    if (typeof debitId !== 'string' || typeof turn !== 'number') throw new Error('the job names no debit and turn');
    let work = await this.records.take(debitId, turn);
    // Ends after two calls at most: a question may lead to an instruction, an instruction leads to nothing further.
    while (work) {
      const { debit } = work;
      work = await this.records.record(
        debit,
        work.call === 'send' ? await this.bank.send(debit, work.payer, work.receiverAccount) : await this.bank.ask(debit),
      );
    }
  }
}
