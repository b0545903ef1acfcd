import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, DueTurns, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { refundJob, TAKEOVER_MS } from './refund-turn.js';

const DUE = new DueTurns({ table: 'refund', idColumn: 'refund_id' }, TAKEOVER_MS);
const CAUSE = { service: 'disbursement', ticker: 'take-up-refunds' };

/** Queues the job of every refund that is due: an unknown outcome to be asked about, or one whose worker died between any two steps. */
@Injectable()
export class TakeUpRefunds implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  tick(): Promise<void> {
    const { database, runner, clock } = this;
    return DUE.takeUp({ database, runner, clock }, CAUSE, refundJob);
  }
}
