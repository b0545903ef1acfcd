import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, DueAttempts, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { WATCHDOG_MS } from './resume-policy.js';

const DUE = new DueAttempts({ table: 'verification', idColumn: 'application_id', condition: 'outcome is null' }, WATCHDOG_MS);
const CAUSE = { service: 'kyc-antifraud', ticker: 'resume-verifications' };

/** Queues the job again where a parked round is due, or where a job was lost with its process. */
@Injectable()
export class ResumeVerifications implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  tick(): Promise<void> {
    const { database, runner, clock } = this;
    return DUE.resume({ database, runner, clock }, CAUSE, (applicationId) => ['verify_firm', { applicationId }, { jobKey: applicationId }]);
  }
}
