import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { WATCHDOG_MS } from './retry-policy.js';

const ANY_DUE = `select 1 from score_request where status = 'requested' and next_attempt_at <= $1 limit 1`;

const TAKE_DUE = `
update score_request set next_attempt_at = $2
where score_id in (
  select score_id from score_request where status = 'requested' and next_attempt_at <= $1 order by next_attempt_at limit 200 for update skip locked)
returning score_id as "scoreId"`;

/** Queues the job again where its next try is far away, or where it was lost with its process. */
@Injectable()
export class ResumeRequests implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const now = this.clock.now();
    const { rowCount } = await this.database.query(ANY_DUE, [now]);
    if (!rowCount) return;
    await this.runner.run({ actor: { kind: 'system', id: 'scoring' }, causationId: 'resume-requests' }, async (tx) => {
      const { rows } = await tx.query<{ scoreId: string }>(TAKE_DUE, [now, new Date(now.getTime() + WATCHDOG_MS)]);
      for (const { scoreId } of rows) tx.addJob('score_firm', { scoreId }, { jobKey: scoreId });
    });
  }
}
