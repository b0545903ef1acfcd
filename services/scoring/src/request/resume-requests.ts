import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, DueAttempts, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { WATCHDOG_MS } from './retry-policy.js';

const DUE = new DueAttempts({ table: 'score_request', idColumn: 'score_id', condition: "status = 'requested'" }, WATCHDOG_MS);
const CAUSE = { service: 'scoring', ticker: 'resume-requests' };

/** Queues the job again where its next try is far away, or where it was lost with its process. */
@Injectable()
export class ResumeRequests implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  tick(): Promise<void> {
    const { database, runner, clock } = this;
    return DUE.resume({ database, runner, clock }, CAUSE, (scoreId) => ['score_firm', { scoreId }, { jobKey: scoreId }]);
  }
}
