import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, DueAttempts, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { WATCHDOG_MS } from '../verification/resume-policy.js';

const DUE = new DueAttempts({ table: 'recheck', idColumn: 'recheck_id', condition: 'outcome is null' }, WATCHDOG_MS);
const CAUSE = { service: 'kyc-antifraud', ticker: 'resume-rechecks' };

/** Queues a re-check again whose next round is due, or whose job was lost with its process. */
@Injectable()
export class ResumeRechecks implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  tick(): Promise<void> {
    const { database, runner, clock } = this;
    return DUE.resume({ database, runner, clock }, CAUSE, (recheckId) => ['recheck_firm', { recheckId }, { jobKey: recheckId }]);
  }
}
