import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, DueTurns, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { payoutJob, TAKEOVER_MS } from './payout-turn.js';

const DUE = new DueTurns({ table: 'payout', idColumn: 'payout_id' }, TAKEOVER_MS);
const CAUSE = { service: 'disbursement', ticker: 'take-up-payouts' };

/** Queues the job of every payout that is due: an unknown outcome to be asked about, or one whose worker died between any two steps. */
@Injectable()
export class TakeUpPayouts implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  tick(): Promise<void> {
    const { database, runner, clock } = this;
    return DUE.takeUp({ database, runner, clock }, CAUSE, payoutJob);
  }
}
