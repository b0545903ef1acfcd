import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { WATCHDOG_MS } from './resume-policy.js';

const ANY_DUE = 'select 1 from verification where outcome is null and next_attempt_at <= $1 limit 1';

const TAKE_DUE = `
update verification set next_attempt_at = $2
where application_id in (
  select application_id from verification where outcome is null and next_attempt_at <= $1 order by next_attempt_at limit 200 for update skip locked)
returning application_id as "applicationId"`;

/** Queues the job again where a parked round is due, or where a job was lost with its process. */
@Injectable()
export class ResumeVerifications implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const now = this.clock.now();
    const { rowCount } = await this.database.query(ANY_DUE, [now]);
    if (!rowCount) return;
    await this.runner.run({ actor: { kind: 'system', id: 'kyc-antifraud' }, causationId: 'resume-verifications' }, async (tx) => {
      const { rows } = await tx.query<{ applicationId: string }>(TAKE_DUE, [now, new Date(now.getTime() + WATCHDOG_MS)]);
      for (const { applicationId } of rows) tx.addJob('verify_firm', { applicationId }, { jobKey: applicationId });
    });
  }
}
