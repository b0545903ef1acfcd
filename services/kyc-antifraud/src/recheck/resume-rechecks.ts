import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { WATCHDOG_MS } from '../verification/resume-policy.js';

const ANY_DUE = 'select 1 from recheck where outcome is null and next_attempt_at <= $1 limit 1';

const TAKE_DUE = `
update recheck set next_attempt_at = $2
where recheck_id in (select recheck_id from recheck where outcome is null and next_attempt_at <= $1 order by next_attempt_at limit 200 for update skip locked)
returning recheck_id as "recheckId"`;

/** Queues a re-check again whose next round is due, or whose job was lost with its process. */
@Injectable()
export class ResumeRechecks implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const now = this.clock.now();
    const { rowCount } = await this.database.query(ANY_DUE, [now]);
    if (!rowCount) return;
    await this.runner.run({ actor: { kind: 'system', id: 'kyc-antifraud' }, causationId: 'resume-rechecks' }, async (tx) => {
      const { rows } = await tx.query<{ recheckId: string }>(TAKE_DUE, [now, new Date(now.getTime() + WATCHDOG_MS)]);
      for (const { recheckId } of rows) tx.addJob('recheck_firm', { recheckId }, { jobKey: recheckId });
    });
  }
}
